import subprocess
import sys

import pytest

from core.errors import UserError
from providers.registry import open_model, providers


def test_providers_are_the_files_beside_the_registry() -> None:
    assert providers() == ["openai", "scripted"]


@pytest.mark.parametrize("name", ["", "gpt-5", "openai:", ":gpt-5", "openia:gpt-5", "base:x", "registry:x", "../x:y"])
def test_a_name_that_leads_nowhere_is_refused_with_the_ones_that_do(name: str) -> None:
    with pytest.raises(UserError) as raised:
        open_model(name)
    assert "openai, scripted" in raised.value.hint
    assert raised.value.code == "unknown_model"


def test_a_model_name_may_hold_colons() -> None:
    assert open_model("openai:llama3:8b", base_url="http://localhost:11434/v1").name == "openai:llama3:8b"


def test_opening_a_model_imports_no_client() -> None:
    code = (
        "import sys; from providers.registry import open_model; open_model('openai:m', api_key='k');"
        "sys.exit(any(name in sys.modules for name in ('openai', 'langchain_core', 'langchain_openai', 'httpx2')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
