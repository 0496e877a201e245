package dev.stowage.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of numbers or of strings, in ascending order. A set is not a list: it has no duplicates, and two sets
 * with the same members are equal (VAL-3).
 *
 * @param <E> the type of the members
 * @param <S> the type of the set
 */
public abstract sealed class ValueSet<E, S extends ValueSet<E, S>> implements Iterable<E> permits NumberSet, StringSet {

    private final List<E> members;
    private final Comparator<E> order;

    ValueSet(Collection<? extends E> members, Comparator<E> order) {
        TreeSet<E> sorted = new TreeSet<>(order);
        sorted.addAll(members);
        this.members = Collections.unmodifiableList(new ArrayList<>(sorted));
        this.order = order;
    }

    abstract S withMembers(Collection<E> members);

    /** The members in ascending order, unmodifiable. */
    public List<E> members() {
        return members;
    }

    public int size() {
        return members.size();
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** True if the value is a member. */
    public boolean contains(E value) {
        return Collections.binarySearch(members, value, order) >= 0;
    }

    /** The members of this set and of the other set. */
    public S union(S other) {
        List<E> all = new ArrayList<>(members);
        all.addAll(other.members());
        return withMembers(all);
    }

    /** The members of this set that are not in the other set. */
    public S minus(S other) {
        return withMembers(
                members.stream().filter(member -> !other.contains(member)).toList());
    }

    /** The members that are in both sets. */
    public S intersection(S other) {
        return withMembers(members.stream().filter(other::contains).toList());
    }

    @Override
    public Iterator<E> iterator() {
        return members.iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValueSet<?, ?> set && getClass() == set.getClass() && members.equals(set.members);
    }

    @Override
    public int hashCode() {
        return 31 * getClass().getName().hashCode() + members.hashCode();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + members;
    }
}
