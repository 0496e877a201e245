package dev.stowage.emulator.testing;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.http.HttpStorage;
import dev.stowage.storage.operation.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The emulator that tests run on, in parallel. Each test has its own app there. */
public final class TestEmulator implements AutoCloseable {

    /** The name of the client in the journal for app calls without HTTP. */
    static final String APP_CLIENT = "app";

    private static final EarlyStart EARLY = new EarlyStart(TestEmulator::new);

    private static final int LONGEST_NAME = 200;
    private static final Pattern OTHER_THAN_PLAIN = Pattern.compile("[^A-Za-z0-9._-]+");

    private final TestEmulatorConfig config;
    private final Emulator emulator;
    private final AtomicLong apps = new AtomicLong();
    /** Tells this run's apps from those that other runs have left in the same storage; empty where there are none. */
    private final String run;

    private volatile @Nullable HttpClient client;

    private TestEmulator(TestEmulatorConfig config) {
        this.config = config;
        this.run = config.emulator().startsWithData()
                ? Long.toString(new SplittableRandom().nextLong(1L << 40), 36) + "-"
                : "";
        this.emulator = Emulator.start(config.emulator());
    }

    /** Starts an emulator, or returns the one that {@link #startEarly} has started for an equal configuration. */
    public static TestEmulator start(TestEmulatorConfig config) {
        return EARLY.orStart(config);
    }

    /**
     * Begins to start an emulator on another thread, for the next {@link #start} with an equal configuration. Does nothing from the second
     * call on.
     */
    public static void startEarly(TestEmulatorConfig config) {
        EARLY.begin(config);
    }

    /** Opens the scope of one test. */
    public TestScope open(TestName test) {
        TestScope scope = new TestScope(this, test);
        loadInitialData(scope.install());
        return scope;
    }

    /** Loads the initial data into a test's first install. */
    void loadInitialData(Install install) {
        config.initialData().ifPresent(install::load);
    }

    /** The URL; empty if the emulator serves no HTTP. */
    public Optional<URI> url() {
        return config.emulator().servesHttp() ? Optional.of(emulator.url()) : Optional.empty();
    }

    /** Creates an app for one test, whose id contains the name. */
    App newApp(String name) {
        String plain = OTHER_THAN_PLAIN.matcher(name).replaceAll("-");
        String readable = plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
        return emulator.app(readable + "-" + run + apps.incrementAndGet());
    }

    /** Opens a transport for app calls to this install. */
    Transport transportTo(Install install) {
        return url().map(url -> overHttp(url, install.apiKey())).orElseGet(() -> install.transport(APP_CLIENT));
    }

    private Transport overHttp(URI url, String key) {
        return HttpStorage.builder(url, key).httpClient(client(url)).build().transport();
    }

    private HttpClient client(URI url) {
        HttpClient made = client;
        if (made == null) {
            synchronized (this) {
                made = client;
                if (made == null) {
                    made = HttpStorage.newHttpClient(url);
                    client = made;
                }
            }
        }
        return made;
    }

    @Override
    public void close() {
        emulator.close();
    }

    @Override
    public String toString() {
        return "TestEmulator[" + emulator + "]";
    }
}
