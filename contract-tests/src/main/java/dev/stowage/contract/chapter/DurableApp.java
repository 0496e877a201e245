package dev.stowage.contract.chapter;

import dev.stowage.contract.backend.AppUnderTest;
import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.property.Principal;
import dev.stowage.contract.property.Trial;

/**
 * The app that a try uses over a restart: a new one, so that a state that an earlier try lost disturbs nothing. Without a control plane it is the given one.
 *
 * @param install the install of {@link Principal#INSTALL}
 */
record DurableApp(AppUnderTest app, InstallUnderTest install) {

    /** Opens it, and makes its installs and its global function the callers of this try. Skips the try if the backend cannot be restarted. */
    static DurableApp open(Trial t) {
        t.requireRestart();
        return openAny(t);
    }

    /** As {@link #open}, for a try that disturbs the backend. Skips the try if it cannot be disturbed. */
    static DurableApp openDisturbed(Trial t) {
        t.requireDisturbance();
        return openAny(t);
    }

    private static DurableApp openAny(Trial t) {
        AppUnderTest app;
        try {
            app = t.openApp();
        } catch (NotCheckableException onlyOne) {
            return new DurableApp(t.app(), t.install(Principal.INSTALL));
        }
        InstallUnderTest install = app.install();
        t.addPrincipal(Principal.INSTALL, install.client());
        t.addPrincipal(Principal.SIBLING, app.install().client());
        try {
            t.addPrincipal(Principal.FUNCTION, app.globalFunction());
        } catch (NotCheckableException none) {
            t.count("no global function");
        }
        return new DurableApp(app, install);
    }
}
