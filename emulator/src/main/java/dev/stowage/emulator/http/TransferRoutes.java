package dev.stowage.emulator.http;

import dev.stowage.emulator.transfer.DocumentJson;
import dev.stowage.emulator.transfer.Transfer;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An install's or a whole app's records, out and in. */
final class TransferRoutes {

    private static final int MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

    private final Transfer transfer;

    TransferRoutes(Transfer transfer) {
        this.transfer = transfer;
    }

    List<Route> routes() {
        String install = ControlRoutes.PREFIX + "/installs/{installId}";
        String app = ControlRoutes.PREFIX + "/apps/{appId}";
        return List.of(
                Route.get(install + "/export", this::export),
                Route.post(install + "/import", this::load),
                Route.get(app + "/export", this::exportApp),
                Route.post(app + "/import", this::loadApp));
    }

    private void export(Context ctx) throws IOException {
        byte[] document = DocumentJson.write(transfer.export(ControlRoutes.installId(ctx), withSecrets(ctx)));
        Bytes.write(ctx.res(), "application/json", document);
    }

    private void exportApp(Context ctx) throws IOException {
        byte[] document = DocumentJson.write(transfer.exportApp(ctx.pathParam("appId"), withSecrets(ctx)));
        Bytes.write(ctx.res(), "application/json", document);
    }

    private static boolean withSecrets(Context ctx) {
        String secrets = ctx.queryParam("secrets");
        boolean include = "include".equals(secrets);
        if (secrets != null && !include && !"mask".equals(secrets)) {
            throw Arguments.refused("The parameter secrets must be include or mask.");
        }
        return include;
    }

    private void loadApp(Context ctx) throws IOException {
        List<Map<String, Object>> made = transfer
                .loadApp(ctx.pathParam("appId"), DocumentJson.readApp(RequestBody.read(ctx, MAX_DOCUMENT_BYTES)))
                .stream()
                .map(ControlRoutes::withKey)
                .toList();
        ControlBody.answer(ctx, 200, Map.of("installs", made));
    }

    private void load(Context ctx) {
        long installId = ControlRoutes.installId(ctx);
        transfer.load(installId, DocumentJson.read(RequestBody.read(ctx, MAX_DOCUMENT_BYTES)));
        ctx.res().setStatus(204);
    }
}
