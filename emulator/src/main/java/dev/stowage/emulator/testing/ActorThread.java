package dev.stowage.emulator.testing;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An actor that is a thread of this process. */
final class ActorThread {

    private static final int SHOWN_FRAMES = 8;

    private final int number;
    private final String name;
    private final Thread thread;
    private volatile @Nullable Throwable failure;

    ActorThread(int number, String name, Runnable work) {
        this.number = number;
        this.name = name;
        this.thread = new Thread(work, "actor " + name);
        this.thread.setDaemon(true);
    }

    int number() {
        return number;
    }

    String name() {
        return name;
    }

    Thread thread() {
        return thread;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    void failed(Throwable thrown) {
        failure = thrown;
    }

    /** Describes where the thread is and which lock it waits for, as far as the virtual machine knows. */
    String describeLocation() {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId(), SHOWN_FRAMES);
        if (info == null) {
            return "its thread has ended";
        }
        String lock = Optional.ofNullable(info.getLockInfo())
                .map(LockInfo::getClassName)
                .orElse("");
        String owner = Optional.ofNullable(info.getLockOwnerName())
                .map(holder -> ", which is held by '" + holder + "'")
                .orElse("");
        String state = lock.isEmpty()
                ? "it is running (" + info.getThreadState() + ")"
                : "it is waiting for a " + lock + owner;
        return state
                + Arrays.stream(info.getStackTrace())
                        .map(frame -> "\n      at " + frame)
                        .collect(Collectors.joining());
    }
}
