package dev.stowage.contract.property;

import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.backend.StorageUnderTest;
import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Client;
import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The apps and installs that properties use, created when first needed, and the records that the suite wrote. */
public final class Fixture {

    private final StorageUnderTest backend;
    private final List<AppUnderTest> apps = new ArrayList<>();
    private final Map<Principal, InstallUnderTest> installs = new ConcurrentHashMap<>();
    private final Map<Written, Boolean> written = new ConcurrentHashMap<>();
    private final MissingOperations missingOperations;
    private @Nullable AppUnderTest app;

    record Written(Client client, StoreName store, String key) {}

    /** @param missingOperations what the backend does not implement; shared by all fixtures of a run */
    public Fixture(StorageUnderTest backend, MissingOperations missingOperations) {
        this.backend = backend;
        this.missingOperations = missingOperations;
    }

    public MissingOperations missingOperations() {
        return missingOperations;
    }

    public StorageUnderTest backend() {
        return backend;
    }

    public synchronized AppUnderTest app() {
        if (app == null) {
            app = backend.openApp();
            apps.add(app);
        }
        return app;
    }

    /** Opens a further app, which is closed with this fixture. */
    synchronized AppUnderTest openApp() {
        AppUnderTest opened = backend.openAnotherApp();
        apps.add(opened);
        return opened;
    }

    synchronized InstallUnderTest install(Principal principal) {
        InstallUnderTest install = installs.get(principal);
        if (install == null) {
            install = (principal.equals(Principal.STRANGER) ? openApp() : app()).install();
            installs.put(principal, install);
        }
        return install;
    }

    public Client client(Principal principal) {
        return principal.equals(Principal.FUNCTION)
                ? app().globalFunction()
                : install(principal).client();
    }

    void recordWrite(Client client, Call call) {
        if (backend.keepsRecords() && !call.isRead()) {
            written.put(new Written(client, call.store(), call.key()), true);
        }
    }

    /** Deletes the records that were written and closes the apps. Skips what can no longer be deleted. */
    public synchronized int close() {
        int left = 0;
        Set<Written> records = written.keySet();
        for (Written record : records) {
            try {
                record.client().call(Call.of(record.store(), "delete", "key", record.key()));
            } catch (NoResponseException | NotCheckableException gone) {
                left++;
            }
            if (left > 10) {
                return records.size();
            }
        }
        for (AppUnderTest opened : apps) {
            try {
                opened.close();
            } catch (NoResponseException | NotCheckableException gone) {
                left++;
            }
        }
        return left;
    }
}
