package dev.stowage.contract.http;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NotCheckable;
import dev.stowage.contract.door.AppUnderTest;
import dev.stowage.contract.door.InstallUnderTest;
import dev.stowage.contract.door.PluginData;
import dev.stowage.contract.door.StorageUnderTest;
import dev.stowage.storage.StoreName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service without a control plane: there are the installs of one app whose keys were given, and nothing else. Time is waited for;
 * what is written is deleted again.
 */
public final class KeysUnderTest implements StorageUnderTest {

    private final HttpRequests requests;
    private final List<String> installKeys;
    private final @Nullable String appKey;
    private final boolean ours;

    /** @param installKeys the keys of two or more installs of one app */
    public KeysUnderTest(URI url, List<String> installKeys, @Nullable String appKey, boolean ours, Duration timeout) {
        this.requests = new HttpRequests(url, timeout);
        this.installKeys = new ArrayList<>(installKeys);
        this.appKey = appKey;
        this.ours = ours;
    }

    /**
     * Whether the keys are let in at all.
     *
     * @throws dev.stowage.contract.call.NoAnswer with what came instead
     * @throws NotCheckable if one of them is not
     */
    public void check() {
        for (String key : installKeys) {
            var answer = openWith(key).call(Call.of(StoreName.KV_STORE, "exists", "key", "stowage-contract-alive"));
            if (answer.isRefused()) {
                throw new NotCheckable("an --install-key is not let in: the simplest call " + answer);
            }
        }
    }

    @Override
    public String name() {
        return requests.server().toString();
    }

    @Override
    public boolean isOurs() {
        return ours;
    }

    @Override
    public boolean keepsRecords() {
        return true;
    }

    @Override
    public Client openWith(@Nullable String key) {
        return new WireClient(requests, key == null ? null : "Bearer " + key);
    }

    @Override
    public PluginData pluginData() {
        throw new NotCheckable("what is set there can't be deleted again, and may be somebody's");
    }

    @Override
    public AppUnderTest openApp() {
        return new GivenApp();
    }

    @Override
    public AppUnderTest openAnotherApp() {
        throw new NotCheckable("the keys that were given are those of one app");
    }

    private final class GivenApp implements AppUnderTest {

        private int next;

        @Override
        public synchronized InstallUnderTest install() {
            if (next == installKeys.size()) {
                throw new NotCheckable("only " + next + " installs were given, by --install-key");
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
                throw new NotCheckable("no --app-key was given");
            }
            return openWith(appKey);
        }
    }
}
