package dev.stowage.emulator.fault;

import dev.stowage.storage.Hash;
import dev.stowage.storage.Ttl;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Something that goes wrong with one operation, exactly as it says. */
public sealed interface Fault {

    Kind kind();

    /** The kinds, by their names in the wire protocol. */
    enum Kind {
        CONFLICT("conflict"),
        RACE("race"),
        UNAVAILABLE("unavailable"),
        THROTTLED("throttled"),
        DELAY("delay"),
        LOST_REQUEST("lostRequest"),
        LOST_RESPONSE("lostResponse"),
        STALE_READ("staleRead"),
        MALFORMED_RESPONSE("malformedResponse"),
        EXPIRE("expire"),
        REINSTALL("reinstall");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        /** The kind of that wire name, or nothing if there is none. The old name {@code garbled} is an alias. */
        public static Optional<Kind> of(String wireName) {
            if (wireName.equals("garbled")) {
                return Optional.of(MALFORMED_RESPONSE);
            }
            return Arrays.stream(values())
                    .filter(kind -> kind.wireName.equals(wireName))
                    .findFirst();
        }
    }

    /** A version conflict although nothing has changed; nothing is done. For put, patch and delete. */
    record Conflict() implements Fault {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }
    }

    /** Another client's write of the same key is committed just before this operation's write. For all that write. */
    record Race(Write write) implements Fault {
        @Override
        public Kind kind() {
            return Kind.RACE;
        }

        /**
         * The other client's write.
         *
         * @param merges true for a {@code patch}, false for a {@code put}
         */
        public record Write(boolean merges, Hash value, Ttl ttl) {

            public static Write put(Hash value) {
                return new Write(false, value, Ttl.none());
            }

            public static Write patch(Hash value) {
                return new Write(true, value, Ttl.keep());
            }
        }
    }

    /** The service answers that it can't: nothing is done. */
    record Unavailable() implements Fault {
        @Override
        public Kind kind() {
            return Kind.UNAVAILABLE;
        }
    }

    /** The service answers that these are too many requests: nothing is done. */
    record Throttled() implements Fault {
        @Override
        public Kind kind() {
            return Kind.THROTTLED;
        }
    }

    /** The operation is done only after so long, by the system's time. */
    record Delay(Duration duration) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DELAY;
        }
    }

    /** The connection breaks before the request is there: nothing is done. */
    record LostRequest() implements Fault {
        @Override
        public Kind kind() {
            return Kind.LOST_REQUEST;
        }
    }

    /** The operation is done; then the connection breaks before the answer is there. */
    record LostResponse() implements Fault {
        @Override
        public Kind kind() {
            return Kind.LOST_RESPONSE;
        }
    }

    /** A read answers what was true one version ago. For those that only read. */
    record StaleRead() implements Fault {
        @Override
        public Kind kind() {
            return Kind.STALE_READ;
        }
    }

    /** The operation is done; its answer has the status 200 and is no JSON. */
    record MalformedResponse() implements Fault {
        @Override
        public Kind kind() {
            return Kind.MALFORMED_RESPONSE;
        }
    }

    /** The record's ttl has just run out (TTL-2). For records that have one; others are passed over. */
    record Expire() implements Fault {
        @Override
        public Kind kind() {
            return Kind.EXPIRE;
        }
    }

    /** The install is reinstalled just before (INST-5). For installs; a global function is passed over. */
    record Reinstall() implements Fault {
        @Override
        public Kind kind() {
            return Kind.REINSTALL;
        }
    }
}
