package dev.stowage.store.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A process with those that it has started. */
record ProcessTree(ProcessHandle root) {

    /** Kills them without a warning, and returns when they are gone. */
    void kill() {
        List<ProcessHandle> all = all().toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    private void signal(String name) {
        List<String> kill = new ArrayList<>(List.of("kill", "-" + name));
        all().forEach(process -> kill.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(kill).inheritIO().start().waitFor();
        } catch (IOException | InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
