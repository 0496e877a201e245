package dev.stowage.emulator.fault;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of the 27 operations, and which of them only read. */
final class OperationNames {

    static final Set<String> READS = Stream.concat(
                    Stream.of("get", "exists", "peek", "peekMulti"),
                    Stream.of("hasNumber", "hasNumberMulti", "hasString", "hasStringMulti"))
            .collect(Collectors.toUnmodifiableSet());

    static final Set<String> ALL = Stream.concat(
                    READS.stream(),
                    Stream.of(
                            "put",
                            "patch",
                            "delete",
                            "increment",
                            "incrementMulti",
                            "append",
                            "appendMulti",
                            "unshift",
                            "unshiftMulti",
                            "shift",
                            "shiftMulti",
                            "addNumber",
                            "addNumberMulti",
                            "removeNumber",
                            "removeNumberMulti",
                            "addString",
                            "addStringMulti",
                            "removeString",
                            "removeStringMulti"))
            .collect(Collectors.toUnmodifiableSet());

    private OperationNames() {}
}
