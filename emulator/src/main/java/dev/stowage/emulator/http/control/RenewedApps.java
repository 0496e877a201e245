package dev.stowage.emulator.http.control;

import dev.stowage.emulator.service.InstallService;
import java.util.Map;
import java.util.Optional;

/** Resets an app and installs it again, between two runs of a test. */
final class RenewedApps {

    private final InstallService installService;

    RenewedApps(InstallService installService) {
        this.installService = installService;
    }

    /** Returns the new install with its key, and the new key of the app. */
    Map<String, Object> renew(String appId) {
        installService.reset(appId);
        Map<String, Object> json = InstallRoutes.withKey(installService.install(appId, Optional.empty()));
        json.put("appKey", installService.app(appId).appKey());
        return json;
    }
}
