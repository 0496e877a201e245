package dev.stowage.contract.property;

/**
 * Something that a try does besides calls, for the shell commands of a counterexample.
 *
 * @param principal the install that it concerns
 * @param other the install that a reinstall creates; else the same
 * @param seconds for {@link Kind#ADVANCE} and {@link Kind#WAIT}
 */
public record Action(Kind kind, Principal principal, Principal other, long seconds) {

    /** The kinds of actions. */
    public enum Kind {
        NONE,
        ADVANCE,
        WAIT,
        INSTALL,
        UNINSTALL,
        REINSTALL,
        RESTART
    }

    static final Action NONE = time(Kind.NONE, 0);

    static Action time(Kind kind, long seconds) {
        return new Action(kind, Principal.INSTALL, Principal.INSTALL, seconds);
    }
}
