package dev.stowage.emulator.http.control;

import dev.stowage.emulator.call.CallMatch;
import dev.stowage.emulator.http.exchange.Route;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.emulator.journal.JournalPage;
import dev.stowage.emulator.journal.OperationJournal;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/** Returns the journal page by page, or as server-sent events. */
public final class JournalRoutes {

    private static final String PATH = "/journal";
    private static final int PAGE_SIZE = 10_000;
    private static final int MAX_STREAMS = 32;
    private static final long HEARTBEAT_MILLIS = 10_000;

    private static final byte[] RESTARTED =
            ("event: restarted\ndata: {\"message\":\"The emulator was restarted, or its journal is another: the position to"
                            + " resume from is unknown. All entries follow.\"}\n\n")
                    .getBytes(StandardCharsets.UTF_8);

    private final OperationJournal journal;
    private final JournalPosition.Run positions = new JournalPosition.Run();
    private final Semaphore streams = new Semaphore(MAX_STREAMS);

    public JournalRoutes(OperationJournal journal) {
        this.journal = journal;
    }

    public List<Route> routes() {
        String[] scope = {"after", "appId", "installId"};
        return List.of(
                ControlRoute.get(PATH).query(scope).handledBy(this::page),
                ControlRoute.get(PATH + "/stream").query(scope).handledBy(this::stream));
    }

    private void page(ControlRequest request) throws IOException {
        long after = request.wholeParameter("after").orElse(0);
        boolean isLost = positions.ofSequence(after, journal.last()).isLost();
        JournalPage page = journal.after(after, match(request), PAGE_SIZE);
        String server = serverOf(request.context());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "entries",
                page.entries().stream().map(entry -> write(entry, server)).toList());
        body.put("dropped", page.dropped());
        body.put("next", page.next());
        if (isLost) {
            body.put("restarted", true);
        }
        request.respond(body);
    }

    /** Streams events until the client disconnects. Each stream uses a thread, so their number is limited. */
    private void stream(ControlRequest request) throws IOException {
        CallMatch match = match(request);
        Context ctx = request.context();
        String resumed = ctx.req().getHeader("Last-Event-ID");
        JournalPosition position = resumed == null
                ? positions.ofSequence(request.wholeParameter("after").orElse(0), journal.last())
                : positions.ofEventId(resumed, journal.last());
        long after = position.sequence();
        if (!streams.tryAcquire()) {
            throw new StorageException(
                    ErrorCode.THROTTLED,
                    "The journal already has " + MAX_STREAMS
                            + " streams, which is the limit. Close one, or try again later.");
        }
        try {
            ctx.res().setContentType("text/event-stream; charset=utf-8");
            ctx.res().setHeader("Cache-Control", "no-cache");
            String server = serverOf(ctx);
            OutputStream out = ctx.res().getOutputStream();
            ctx.res().flushBuffer();
            if (ctx.method().equals(HandlerType.HEAD)) {
                return;
            }
            if (position.isLost()) {
                out.write(RESTARTED);
            }
            while (!journal.isClosed()) {
                JournalPage page = journal.after(after, match, PAGE_SIZE);
                if (page.dropped() > 0) {
                    out.write(("event: dropped\ndata: {\"dropped\":" + page.dropped() + "}\n\n")
                            .getBytes(StandardCharsets.UTF_8));
                }
                for (JournalEntry entry : page.entries()) {
                    out.write(event(positions.eventId(entry.sequence()), write(entry, server)));
                }
                if (page.entries().isEmpty()) {
                    out.write(": heartbeat\n\n".getBytes(StandardCharsets.UTF_8));
                }
                out.flush();
                after = page.next();
                journal.awaitAfter(after, HEARTBEAT_MILLIS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            streams.release();
        }
    }

    private static byte[] event(String id, Map<String, Object> entry) throws IOException {
        return ("id: " + id + "\nevent: operation\ndata: " + ControlBody.text(entry) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static CallMatch match(ControlRequest request) {
        CallMatch match = CallMatch.any();
        Optional<String> appId = request.parameter("appId");
        if (appId.isPresent()) {
            match = match.app(appId.get());
        }
        OptionalLong installId = request.wholeParameter("installId");
        return installId.isPresent() ? match.install(installId.getAsLong()) : match;
    }

    /** The address of this server: a shared store has several, each with a journal of its own. */
    private static String serverOf(Context ctx) {
        String address = ctx.req().getLocalAddr();
        return (address.indexOf(':') >= 0 && !address.startsWith("[") ? "[" + address + "]" : address) + ":"
                + ctx.req().getLocalPort();
    }

    private static Map<String, Object> write(JournalEntry entry, String server) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sequence", entry.sequence());
        json.put("at", entry.at().toString());
        json.put("appId", entry.call().appId());
        entry.call().installId().ifPresent(id -> json.put("installId", id));
        json.put("store", entry.call().store().wireName());
        json.put("operation", entry.call().operation());
        json.put("key", entry.call().key());
        json.put("outcome", entry.outcome());
        json.put("versionBefore", entry.versionBefore());
        json.put("versionAfter", entry.versionAfter());
        entry.fault().ifPresent(kind -> json.put("fault", kind.wireName()));
        json.put("client", entry.call().client());
        json.put("server", server);
        return json;
    }
}
