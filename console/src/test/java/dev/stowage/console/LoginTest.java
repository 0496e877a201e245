package dev.stowage.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.EmulatorConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With an admin token, a person enters it once; the browser keeps a cookie. */
class LoginTest {

    private static final String TOKEN = "an-admin-token";

    private static Emulator emulator;
    private static PageClient pages;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorConfig.builder().adminToken(TOKEN).build());
        emulator.app("secret-app").install();
        pages = new PageClient(emulator.url());
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    private static String logIn() {
        HttpResponse<String> response = pages.post("/console/login", Map.of("token", TOKEN));
        assertThat(response.statusCode()).isEqualTo(303);
        return response.headers().firstValue("Set-Cookie").orElseThrow();
    }

    @Test
    void withoutTheTokenThereIsOnlyTheLoginPage() {
        for (String path : new String[] {"", "app?app=secret-app", "requests", "requests/rows", "nothing"}) {
            HttpResponse<String> page = pages.get("/console/" + path);
            assertThat(page.statusCode()).as(path).isEqualTo(401);
            assertThat(page.body()).contains("Admin token").doesNotContain("secret-app");
        }
        HttpResponse<String> reset = pages.post("/console/reset", Map.of("app", "secret-app"));
        assertThat(reset.statusCode()).isEqualTo(401);
        assertThat(emulator.findApp("secret-app")).isPresent();
        assertThat(pages.get("/console/assets/console.css").statusCode()).isEqualTo(200);
    }

    @Test
    void aWrongTokenIsRefused() {
        for (String wrong : new String[] {"", "wrong", TOKEN + "x"}) {
            HttpResponse<String> page = pages.post("/console/login", Map.of("token", wrong));
            assertThat(page.statusCode()).isEqualTo(401);
            assertThat(page.body()).contains("This is not the admin token.");
            assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void theCookieOpensThePagesAndTheExportAndScriptsCannotReadIt() {
        String cookie = logIn();
        assertThat(cookie).contains("; HttpOnly", "; SameSite=Strict").doesNotContain(TOKEN);
        String session = cookie.substring(0, cookie.indexOf(';'));
        assertThat(pages.get("/console/", "Cookie", session).body()).contains("secret-app");
        assertThat(pages.get("/_emulator/apps/secret-app/export", "Cookie", session)
                        .statusCode())
                .isEqualTo(200);
        assertThat(pages.get("/console/", "Cookie", session, "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(400);
        assertThat(pages.get("/console/", "Cookie", session.substring(0, session.length() - 1))
                        .statusCode())
                .isEqualTo(401);
    }

    /** Behind a name, for example that of a container. */
    @Test
    void theCookieIsAsGoodAsTheTokenUnderAnyHost() throws IOException {
        String cookie = logIn();
        String session = cookie.substring(0, cookie.indexOf(';'));
        try (Socket socket = new Socket("127.0.0.1", emulator.url().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /_emulator/apps/secret-app/export HTTP/1.1\r\nHost: stowage:4300\r\nCookie: other=1; "
                                    + session + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aPartOfAPageThatRefreshesItselfLoadsTheLoginPageInstead() {
        assertThat(pages.get("/console/requests/rows").headers().firstValue("HX-Refresh"))
                .hasValue("true");
    }
}
