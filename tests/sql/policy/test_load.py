"""A policy is read to the letter, and whatever is not understood is refused with its place."""

import pytest

from core.errors import UserError
from core.values import User
from tests.sql.policy.conftest import Written

GOOD = """
access:
  roles:
    analyst:
      databases:
        shop:
          tables:
            "*": {}
            customers: {rows: "region = 'US'", mask: {email: null, phone: last4}}
            orders: {allow: false}
  users:
    anna@example.com: [analyst]
    "*@example.com": {roles: [], attributes: {region: US, level: 3}}
"""


def test_reads_a_policy(written: Written) -> None:
    policy = written(GOOD)
    anna = User(name="anna@example.com", attributes={"region": "EU", "team": "x"})
    (shop,) = policy.roles["analyst"]
    assert [(rule.tables, rule.rows, dict(rule.masks), rule.allow) for rule in shop.rules] == [
        ("*", None, {}, True),
        ("customers", "region = 'US'", {"email": "null", "phone": "last4"}, True),
        ("orders", None, {}, False),
    ]
    assert policy.roles_of(anna) == ("analyst",)
    assert policy.attributes_of(anna) == {"region": "US", "level": 3, "team": "x", "name": "anna@example.com"}
    assert policy.roles_of(User(name="ANNA@example.com")) == ()
    assert policy.opens("shop", anna)
    assert not policy.opens("other", anna)
    assert not policy.opens("shop", User(name="bob@example.com"))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("model: x", "policy.yaml holds no `access:` section", "Begin the file"),
        ("access:", ":1:1: `access` must hold `key: value` lines", "{}"),
        ("access: []", ":1:1: `access` must hold", ""),
        ("access: {rolls: {}}", ":1:10: `rolls` is not known here", "Did you mean `roles`?"),
        ("access: {roles: {a: {tables: {}}}}", ":1:22: `tables` is not known here", "`databases`"),
        ("access: {roles: {a: {databases: {x: {}, y: 3}}}}", ":1:41: `y` must hold", ""),
        ("access: {roles: {a: {databases: {x: {tables: {t: }}}}}}", ":1:47: `t` must hold", "Write {}"),
        ("access: {roles: {a: {databases: {x: {tables: {t: {row: x}}}}}}}", ":1:51: `row` is not known", "`rows`"),
        ("access: {roles: {a: {databases: {x: {tables: {t: {rows: 3}}}}}}}", ":1:51: `rows` must be a text", ""),
        ("access: {roles: {a: {databases: {x: {tables: {t: {mask: full}}}}}}}", "`mask` must hold", ""),
        ("access: {roles: {a: {databases: {x: {tables: {t: {mask: {c: 3}}}}}}}}", "`c` must be a text", ""),
        ("access: {roles: {a: {databases: {x: {tables: {t: {allow: no}}}}, y: {}}}}", "`y` is not known here", ""),
        ("access: {roles: {a: {databases: {x: {tables: {t: {allow: 'no'}}}}}}}", "`allow` must be true or false", ""),
        ("access: {roles: {a: {databases: {x: {tables: {t: {allow: false, rows: x}}}}}}}", "hides the whole", ""),
        ("access: {users: {u: [analist]}, roles: {analyst: {}}}", "no role `analist`", "`analyst`"),
        ("access: {users: {u: admin}}", "`u` must hold a list of roles", ""),
        ("access: {users: {u: [[admin]]}}", "every role must be a name", ""),
        ("access: {users: {u: {roles: admin}}}", "`roles` must be a list", ""),
        ("access: {users: {u: {attributes: {a: {b: c}}}}}", "an attribute must be", ""),
        ("access: {users: {u: []}, users: {}}", "the key `users` is here twice", ""),
        ("access: {users: &u {}}\nx: *u", "aliases", ""),
    ],
)
def test_refuses_what_it_does_not_understand(text: str, message: str, hint: str, written: Written) -> None:
    with pytest.raises(UserError) as caught:
        written(text)
    assert message in caught.value.message
    assert "policy.yaml" in caught.value.message
    assert hint in caught.value.hint
