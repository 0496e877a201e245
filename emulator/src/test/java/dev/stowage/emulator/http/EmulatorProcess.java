package dev.stowage.emulator.http;

import dev.stowage.emulator.Emulator;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** An emulator in a process of its own. It prints the key of an install and its URL, and stops when its standard input ends. */
final class EmulatorProcess {

    private EmulatorProcess() {}

    public static void main(String[] args) throws IOException {
        try (Emulator emulator = Emulator.start()) {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            out.println("apiKey " + emulator.install().apiKey());
            out.println("ready " + emulator.url());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
