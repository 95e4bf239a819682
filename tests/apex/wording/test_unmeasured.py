"""Tables that were never measured are told with the next step, where they matter."""

from dataclasses import replace

from apex.wording import words_of_unmeasured
from core.profile import Profile, TableProfile
from tests.apex.reading.conftest import CATALOG, MAJORS, PETS, STUDENTS

MEASURED = Profile({each.full_name: TableProfile(each.full_name, 9, ()) for each in (MAJORS, STUDENTS)})


def test_what_is_not_measured_is_told_where_it_is_read() -> None:
    told = words_of_unmeasured(CATALOG, MEASURED, {str(PETS.full_name)}, name="school")
    assert told.startswith("1 of 3 tables were not measured yet")
    assert "`datachat profile school`" in told
    assert words_of_unmeasured(CATALOG, Profile(), {str(PETS.full_name)}, name="school").startswith("3 of 3 tables")


def test_what_is_measured_or_a_view_is_no_word_worth() -> None:
    assert words_of_unmeasured(CATALOG, MEASURED, {str(MAJORS.full_name)}, name="school") == ""
    views = replace(CATALOG, tables=(MAJORS, STUDENTS, replace(PETS, kind="view")))
    assert words_of_unmeasured(views, MEASURED, set(views.by_text), name="school") == ""
