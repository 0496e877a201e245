package dev.stowage.contract.run;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NoAnswer;
import dev.stowage.contract.call.NotCheckable;
import dev.stowage.contract.door.AppUnderTest;
import dev.stowage.contract.door.InstallUnderTest;
import dev.stowage.contract.door.StorageUnderTest;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An app with two installs, another app with one, and what the suite wrote there; made when first needed. */
final class World {

    private final StorageUnderTest backend;
    private final List<AppUnderTest> apps = new ArrayList<>();
    private final Map<Who, InstallUnderTest> installs = new ConcurrentHashMap<>();
    private final Map<Written, Boolean> written = new ConcurrentHashMap<>();
    private @Nullable AppUnderTest app;

    record Written(Client client, StoreName store, String key) {}

    World(StorageUnderTest backend) {
        this.backend = backend;
    }

    StorageUnderTest backend() {
        return backend;
    }

    synchronized AppUnderTest app() {
        if (app == null) {
            app = backend.openApp();
            apps.add(app);
        }
        return app;
    }

    /** A further app, closed with this world. */
    synchronized AppUnderTest openApp() {
        AppUnderTest opened = backend.openAnotherApp();
        apps.add(opened);
        return opened;
    }

    synchronized InstallUnderTest install(Who who) {
        InstallUnderTest install = installs.get(who);
        if (install == null) {
            install = (who.equals(Who.STRANGER) ? openApp() : app()).install();
            installs.put(who, install);
        }
        return install;
    }

    Client client(Who who) {
        return who.equals(Who.FUNCTION) ? app().globalFunction() : install(who).client();
    }

    void remember(Client client, Call call) {
        if (backend.keepsRecords() && !call.isRead()) {
            written.put(new Written(client, call.store(), call.key()), true);
        }
    }

    /** Deletes what was written and forgets the apps. What can't be deleted any more is left. */
    synchronized int close() {
        int left = 0;
        Set<Written> records = written.keySet();
        for (Written record : records) {
            try {
                record.client().call(Call.of(record.store(), "delete", "key", record.key()));
            } catch (NoAnswer | NotCheckable gone) {
                left++;
            }
            if (left > 10) {
                return records.size();
            }
        }
        for (AppUnderTest opened : apps) {
            try {
                opened.close();
            } catch (NoAnswer | NotCheckable gone) {
                left++;
            }
        }
        return left;
    }
}
