package dev.stowage.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.logging.Logger;
import org.opentest4j.TestAbortedException;

/**
 * A program that tests need and that the build does not bring. Where it is missing, its tests are skipped, with a line that says so; with
 * {@code -Dstowage.require=NAME,NAME} they fail, so that on CI nothing is skipped in silence.
 */
public final class RequiredProgram {

    private RequiredProgram() {}

    /**
     * Checks that a program can be run.
     *
     * @param name of the program, which is also its name in {@code stowage.require}
     * @param versionOption lets it print its version and end
     * @param debianPackage that contains it
     */
    public static void check(String name, String versionOption, String debianPackage) {
        try {
            run(name, versionOption);
        } catch (IOException missing) {
            String what = name + " can't be run, so its tests are not. On Debian and Ubuntu it is the package "
                    + debianPackage + ".";
            if (List.of(System.getProperty("stowage.require", "").split(",", -1))
                    .contains(name)) {
                throw new AssertionError(what + " It is required: -Dstowage.require.", missing);
            }
            Logger.getLogger(RequiredProgram.class.getName()).warning("Skipped: " + what);
            throw new TestAbortedException(what);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TestAbortedException("interrupted");
        }
    }

    /** Whether a program that exists ends with status 0. */
    public static boolean succeeds(String... command) {
        try {
            return run(command) == 0;
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TestAbortedException("interrupted");
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
