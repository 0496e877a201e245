package dev.stowage.contract.http;

import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.backend.PluginDataApi;
import dev.stowage.contract.backend.ShellAccess;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.storage.StoreName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service without a control plane: there are the installs of one app whose keys were given, and nothing else. Time is waited for;
 * what is to pass, and it deletes every record that it wrote.
 */
public final class KeysUnderTest extends WireProtocolUnderTest {

    private final List<String> installKeys;
    private final @Nullable String appKey;

    /**
     * @param urls of the servers, which are one service
     * @param installKeys the keys of two or more installs of one app
     */
    public KeysUnderTest(
            List<URI> urls, List<String> installKeys, @Nullable String appKey, boolean strict, Duration timeout) {
        super(urls, strict, timeout);
        this.installKeys = new ArrayList<>(installKeys);
        this.appKey = appKey;
    }

    /**
     * Checks that the service accepts the keys.
     *
     * @throws dev.stowage.contract.call.NoResponseException if there is no response
     * @throws NotCheckableException if it refuses one of them
     */
    public void check() {
        for (RawHttpClient server : servers()) {
            check(server);
        }
    }

    private void check(RawHttpClient server) {
        for (String key : installKeys) {
            var response = new WireClient(server, "Bearer " + key)
                    .call(Call.of(StoreName.KV_STORE, "exists", "key", "stowage-contract-alive"));
            if (response.isRefused() && !response.mayBeNotImplemented()) {
                throw new NotCheckableException(
                        "the service does not accept an --install-key: a call of exists" + " " + response);
            }
        }
    }

    @Override
    void probe() {
        check();
    }

    @Override
    public ShellAccess shellAccess() {
        return new ShellAccess(servers().get(0).server().toString(), false, false, restartCommand(), disturbCommand());
    }

    @Override
    public boolean keepsRecords() {
        return true;
    }

    @Override
    public PluginDataApi pluginData() {
        throw new NotCheckableException("data that is set there cannot be deleted, and may belong to a user");
    }

    @Override
    public AppUnderTest openApp() {
        return new GivenApp();
    }

    @Override
    public AppUnderTest openAnotherApp() {
        throw new NotCheckableException("all given keys belong to one app");
    }

    private final class GivenApp implements AppUnderTest {

        private int next;

        @Override
        public synchronized InstallUnderTest install() {
            if (next == installKeys.size()) {
                throw new NotCheckableException("only " + next + " keys were given with --install-key");
            }
            String key = installKeys.get(next++);
            return new InstallUnderTest() {
                @Override
                public Client client() {
                    return openWith(key);
                }

                @Override
                public String apiKey() {
                    return key;
                }
            };
        }

        @Override
        public Client globalFunction() {
            if (appKey == null) {
                throw new NotCheckableException("no --app-key was given");
            }
            return openWith(appKey);
        }
    }
}
