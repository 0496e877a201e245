package dev.stowage.console.controls;

import dev.stowage.console.page.Links;
import dev.stowage.console.page.Parameters;
import dev.stowage.console.page.StoreScope;
import dev.stowage.emulator.App;
import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.emulator.console.ConsoleResponse;
import java.util.Optional;

/** Installs, upgrades, uninstalls and reinstalls apps, and resets them. */
public final class LifecycleForms {

    private final Emulator emulator;

    public LifecycleForms(Emulator emulator) {
        this.emulator = emulator;
    }

    /** Installs an app, in the given account or in a new one, and shows the install. Creates the app if it does not exist. */
    public ConsoleResponse install(Parameters form) {
        App app = emulator.app(form.required("app"));
        Optional<String> account = form.optional("account");
        return show(account.map(app::install).orElseGet(app::install));
    }

    /** Changes the state of an install, and shows it: after a reinstall, the new one. */
    public ConsoleResponse change(Parameters form) {
        Install install = emulator.install(form.requiredNumber("install"));
        switch (form.required("action")) {
            case "upgrade" -> install.upgrade();
            case "uninstall" -> install.uninstall();
            case "reinstall" -> {
                return show(install.reinstall());
            }
            case "fail" -> install.failInstallation();
            default -> throw Parameters.refused("The action must be upgrade, uninstall, reinstall or fail.");
        }
        return show(install);
    }

    private static ConsoleResponse show(Install install) {
        return ConsoleResponse.seeOther(Links.to("install", "install", Long.toString(install.installId())));
    }

    /** Deletes an app with all that belongs to it, and shows the apps that are left. */
    public ConsoleResponse reset(Parameters form) {
        StoreScope.appOf(emulator, form.required("app")).reset();
        return ConsoleResponse.seeOther(Links.HOME);
    }
}
