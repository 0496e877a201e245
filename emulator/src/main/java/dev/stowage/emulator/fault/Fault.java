package dev.stowage.emulator.fault;

import dev.stowage.storage.Hash;
import dev.stowage.storage.Ttl;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** A failure that can be injected into an operation. */
public sealed interface Fault {

    Kind kind();

    /**
     * Returns a fault of a kind.
     *
     * @param delay the duration of a delay; asked for that kind only
     * @param write the other client's write of a race; asked for that kind only
     */
    static Fault of(Kind kind, Supplier<Duration> delay, Supplier<Race.Write> write) {
        return switch (kind) {
            case CONFLICT -> new Conflict();
            case RACE -> new Race(write.get());
            case UNAVAILABLE -> new Unavailable();
            case THROTTLED -> new Throttled();
            case DELAY -> new Delay(delay.get());
            case LOST_REQUEST -> new LostRequest();
            case LOST_RESPONSE -> new LostResponse();
            case STALE_READ -> new StaleRead();
            case MALFORMED_RESPONSE -> new MalformedResponse();
            case EXPIRE -> new Expire();
            case REINSTALL -> new Reinstall();
        };
    }

    /** The kinds of faults, with their names in the wire protocol. */
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

        /** Returns the kind with this wire name; empty if it does not exist. The old name {@code garbled} is an alias. */
        public static Optional<Kind> of(String wireName) {
            if (wireName.equals("garbled")) {
                return Optional.of(MALFORMED_RESPONSE);
            }
            return Arrays.stream(values())
                    .filter(kind -> kind.wireName.equals(wireName))
                    .findFirst();
        }
    }

    /** The operation is refused with a version conflict and is not carried out. Applies to put, patch and delete. */
    record Conflict() implements Fault {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }
    }

    /** Another client's write of the same key is committed just before the operation. Applies to operations that write. */
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

    /** The operation is refused with {@code unavailable} and is not carried out. */
    record Unavailable() implements Fault {
        @Override
        public Kind kind() {
            return Kind.UNAVAILABLE;
        }
    }

    /** The operation is refused with {@code throttled} and is not carried out. */
    record Throttled() implements Fault {
        @Override
        public Kind kind() {
            return Kind.THROTTLED;
        }
    }

    /** The operation is carried out after a delay, in real time. */
    record Delay(Duration duration) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DELAY;
        }
    }

    /** The connection breaks before the request arrives: the operation is not carried out. */
    record LostRequest() implements Fault {
        @Override
        public Kind kind() {
            return Kind.LOST_REQUEST;
        }
    }

    /** The operation is carried out, but the connection breaks before the response arrives. */
    record LostResponse() implements Fault {
        @Override
        public Kind kind() {
            return Kind.LOST_RESPONSE;
        }
    }

    /** A read returns the record's previous version. Applies to operations that only read. */
    record StaleRead() implements Fault {
        @Override
        public Kind kind() {
            return Kind.STALE_READ;
        }
    }

    /** The operation is carried out; its response has status 200 and a body that is not JSON. */
    record MalformedResponse() implements Fault {
        @Override
        public Kind kind() {
            return Kind.MALFORMED_RESPONSE;
        }
    }

    /** The record expires just before the operation (TTL-2). Applies to records with a ttl; others are skipped. */
    record Expire() implements Fault {
        @Override
        public Kind kind() {
            return Kind.EXPIRE;
        }
    }

    /** The install is reinstalled just before the operation (INST-5). Operations of a global function are skipped. */
    record Reinstall() implements Fault {
        @Override
        public Kind kind() {
            return Kind.REINSTALL;
        }
    }
}
