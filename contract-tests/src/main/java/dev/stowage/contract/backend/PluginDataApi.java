package dev.stowage.contract.backend;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Cloud9's API for the private data of plugins (chapter 10), request by request. */
public interface PluginDataApi {

    /**
     * {@code GET path}.
     *
     * @param user the name in the Basic credentials; null for none
     */
    Document get(String path, @Nullable String user);

    /** {@code PUT path} with this body. */
    Document put(String path, @Nullable String user, String body);

    /**
     * The response.
     *
     * @param body null if it was not JSON
     */
    record Document(int status, @Nullable JsonNode body) {

        /** The code of a refusal; empty where there is none. */
        public String code() {
            return body == null ? "" : body.path("code").asText("");
        }

        public boolean isOk() {
            return status >= 200 && status < 300;
        }

        @Override
        public String toString() {
            return status + " " + (body == null ? "no JSON" : body.toString());
        }
    }
}
