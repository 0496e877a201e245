package dev.stowage.emulator.call;

/** Distinguishes app calls from test calls, which go through {@code Install.storage()}. */
public final class CallOrigin {

    /** The prefix of the client name in the journal for calls through {@code Install.storage()}. */
    private static final String DIRECT = "direct ";

    private CallOrigin() {}

    /** False if the call came through {@code Install.storage()}. */
    public static boolean isAppCall(Call call) {
        return isAppCall(call.client());
    }

    /** The same, by the name of the client in the journal. */
    public static boolean isAppCall(String client) {
        return !client.startsWith(DIRECT);
    }
}
