package dev.stowage.emulator.http;

import dev.stowage.emulator.transfer.DocumentJson;
import dev.stowage.emulator.transfer.Transfer;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** An install's records, out and in. */
final class TransferRoutes {

    private static final int MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

    private final Transfer transfer;

    TransferRoutes(Transfer transfer) {
        this.transfer = transfer;
    }

    List<Route> routes() {
        String install = ControlRoutes.PREFIX + "/installs/{installId}";
        return List.of(Route.get(install + "/export", this::export), Route.post(install + "/import", this::load));
    }

    private void export(Context ctx) throws IOException {
        String secrets = ctx.queryParam("secrets");
        boolean withSecrets = "include".equals(secrets);
        if (secrets != null && !withSecrets && !"mask".equals(secrets)) {
            throw Arguments.refused("The parameter secrets must be include or mask.");
        }
        byte[] document = DocumentJson.write(transfer.export(ControlRoutes.installId(ctx), withSecrets));
        Bytes.write(ctx.res(), "application/json", document);
    }

    private void load(Context ctx) {
        long installId = ControlRoutes.installId(ctx);
        transfer.load(installId, DocumentJson.read(RequestBody.read(ctx, MAX_DOCUMENT_BYTES)));
        ctx.res().setStatus(204);
    }
}
