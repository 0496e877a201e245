package dev.stowage.emulator.call;

/** Distinguishes app calls from test calls, which go through {@code Install.storage()}, and from what a person does in the console. */
public final class CallOrigin {

    /** The prefix of the client name in the journal for calls through {@code Install.storage()}. */
    private static final String DIRECT = "direct ";

    /** The prefix of the client name in the journal for what a person does in the console. */
    private static final String CONSOLE = "console ";

    private CallOrigin() {}

    /** False if the call came through {@code Install.storage()}, or from the console. */
    public static boolean isAppCall(Call call) {
        return isAppCall(call.client());
    }

    /** The same, by the name of the client in the journal. */
    public static boolean isAppCall(String client) {
        return !client.startsWith(DIRECT) && !client.startsWith(CONSOLE);
    }

    /** Whether a person has made the call, in the console. */
    public static boolean isOfPerson(Call call) {
        return call.client().startsWith(CONSOLE);
    }
}
