package dev.stowage.console.page;

import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.browse.RecordBrowser;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.operation.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whose stores a page shows: those of an install, or the shared store of an app. */
public record StoreScope(App app, Optional<Install> install) {

    /** The name in the journal of what a person does in the console. */
    private static final String CLIENT = "console";

    /** @throws StorageException {@code not_found} if the install or the app does not exist */
    public static StoreScope of(Emulator emulator, Parameters parameters) {
        if (parameters.has("install")) {
            Install install = emulator.install(parameters.requiredNumber("install"));
            return new StoreScope(appOf(emulator, install.appId()), Optional.of(install));
        }
        return new StoreScope(appOf(emulator, parameters.required("app")), Optional.empty());
    }

    /** @throws StorageException {@code not_found} if it does not exist */
    public static App appOf(Emulator emulator, String appId) {
        return emulator.findApp(appId)
                .orElseThrow(() -> new StorageException(
                        ErrorCode.NOT_FOUND,
                        "There is no app '" + VisibleText.shortened(appId, 100) + "'. It may have been reset."));
    }

    public RecordBrowser browse() {
        return install.map(Install::browse).orElseGet(app::browse);
    }

    /** The operations of a person, which are journal entries like those of an app. */
    public Transport transport() {
        return install.map(found -> found.transport(CLIENT)).orElseGet(() -> app.transport(CLIENT));
    }

    /** Names the scope in a form or a query: {@code install} or {@code app}. */
    public String parameter() {
        return install.isPresent() ? "install" : "app";
    }

    /** The value of {@link #parameter}. */
    public String id() {
        return install.map(found -> Long.toString(found.installId())).orElse(app.appId());
    }

    /** Returns the address of a page of this scope. */
    public String url(String path, String... query) {
        List<String> all = new ArrayList<>(List.of(parameter(), id()));
        all.addAll(List.of(query));
        return Links.to(path, all.toArray(String[]::new));
    }

    /** The pages above a page of this scope. */
    public List<Frame.Crumb> crumbs() {
        List<Frame.Crumb> crumbs = new ArrayList<>();
        crumbs.add(new Frame.Crumb("Apps", Links.HOME));
        crumbs.add(new Frame.Crumb(VisibleText.shortened(app.appId(), 60), Links.to("app", "app", app.appId())));
        install.ifPresent(found -> crumbs.add(new Frame.Crumb("Install " + found.installId(), url("install"))));
        return crumbs;
    }
}
