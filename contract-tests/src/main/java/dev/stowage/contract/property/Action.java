package dev.stowage.contract.property;

/**
 * Something that a try does besides calls, for the shell commands of a counterexample.
 *
 * @param principal the install that it concerns
 * @param other the install that a reinstall creates; else the same
 * @param number the seconds of {@link Kind#ADVANCE} and {@link Kind#WAIT}; which disturbance it is for {@link Kind#DISTURB}
 */
public record Action(Kind kind, Principal principal, Principal other, long number) {

    /** The kinds of actions. */
    public enum Kind {
        NONE,
        ADVANCE,
        WAIT,
        INSTALL,
        UNINSTALL,
        REINSTALL,
        RESTART,
        DISTURB
    }

    static final Action NONE = numbered(Kind.NONE, 0);

    static Action numbered(Kind kind, long number) {
        return new Action(kind, Principal.INSTALL, Principal.INSTALL, number);
    }

    /** True if it concerns all records: the service is restarted or disturbed. */
    boolean isOfTheService() {
        return kind == Kind.RESTART || kind == Kind.DISTURB;
    }
}
