"""Words stand in files under headings."""

from apex.sections import sections_of


def test_lines_stand_under_their_headings_without_comments() -> None:
    found = sections_of("apex.questions", "english.txt")
    assert found["view"][0].startswith("view, views")
    assert "" not in found
    assert not any(line.startswith(("#", "[")) or not line for lines in found.values() for line in lines)


def test_a_file_may_lie_in_a_folder_of_its_language() -> None:
    assert "yes: no" in sections_of("apex.language", "english/flags.txt")["yes and no"]
