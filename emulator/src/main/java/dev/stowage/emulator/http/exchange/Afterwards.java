package dev.stowage.emulator.http.exchange;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Lets the thread that completes a response do what follows on it, once it has left the response: to wake another thread for that takes
 * longer than most of it.
 */
public final class Afterwards {

    private static final ThreadLocal<@Nullable Queue<Runnable>> PUT_OFF = new ThreadLocal<>();

    private Afterwards() {}

    /** An executor whose threads do, after each task, what was put off in it. */
    public static Executor allowedOn(Executor threads) {
        return task -> threads.execute(() -> run(task));
    }

    private static void run(Runnable task) {
        Queue<Runnable> putOff = new ArrayDeque<>();
        PUT_OFF.set(putOff);
        try {
            task.run();
        } finally {
            PUT_OFF.remove();
            putOff.forEach(Runnable::run);
        }
    }

    /** Puts work off to the end of the thread's task; returns whether this thread does such work. */
    public static boolean putOff(Runnable work) {
        Queue<Runnable> putOff = PUT_OFF.get();
        return putOff != null && putOff.add(work);
    }
}
