from hypothesis import given, settings
from hypothesis import strategies as st

from indexers.database.relations.sketches import hash_of, sketch, sketch_of

numbers = st.sets(st.integers(0, 5_000), max_size=400)


@given(numbers, numbers)
def test_a_whole_sketch_tells_exactly(one: set[int], other: set[int]):
    found = sketch_of([str(each) for each in one]).contained_in(sketch_of([str(each) for each in other]))
    assert found == (len(one & other) / len(one) if one else None)


@given(st.lists(st.integers(0, 50), max_size=60), st.integers(1, 64))
def test_order_and_repetitions_do_not_matter(values: list[int], size: int):
    hashes = [hash_of(str(each)) for each in values]
    assert sketch(hashes, size=size) == sketch(sorted(set(hashes)), size=size)
    assert len(sketch(hashes, size=size).hashes) <= size


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10), st.integers(1_000, 30_000))
def test_a_sketch_of_many_values_is_close(tenths: int, many: int):
    shared = many * tenths // 10
    own = sketch_of([str(each) for each in range(many)], size=512)
    other = sketch_of([str(each) for each in range(many - shared, 2 * many - shared)], size=512)
    assert abs(own.distinct - many) < 0.3 * many
    found = own.contained_in(other)
    assert found is not None and abs(found - tenths / 10) < 0.15


def test_a_subset_of_many_values_is_always_contained():
    large = sketch_of([str(each) for each in range(20_000)], size=256)
    for step in (1, 7, 150):
        found = sketch_of([str(each) for each in range(0, 20_000, step)], size=256).contained_in(large)
        assert found in (1.0, None)
