package dev.stowage.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.emulator.record.Partition;
import dev.stowage.emulator.record.StoredRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads a partition in pages. */
final class PagedIterator implements Iterator<Map.Entry<String, StoredRecord>> {

    private static final int PAGE = 500;

    private final EtcdClient client;
    private final EtcdKeys keys;
    private final Partition partition;
    private Iterator<Map.Entry<String, StoredRecord>> page =
            List.<Map.Entry<String, StoredRecord>>of().iterator();
    private byte @Nullable [] next;

    PagedIterator(EtcdClient client, EtcdKeys keys, Partition partition) {
        this.client = client;
        this.keys = keys;
        this.partition = partition;
        this.next = keys.start(partition);
    }

    @Override
    public boolean hasNext() {
        byte[] from = next;
        if (!page.hasNext() && from != null) {
            ObjectNode request = EtcdClient.object()
                    .put("key", Txn.base64(from))
                    .put("range_end", Txn.base64(keys.end(partition)))
                    .put("limit", Integer.toString(PAGE));
            JsonNode response = client.range(request);
            page = entries(response);
        }
        return page.hasNext();
    }

    private Iterator<Map.Entry<String, StoredRecord>> entries(JsonNode response) {
        List<Map.Entry<String, StoredRecord>> entries = new ArrayList<>();
        byte[] last = null;
        for (TxnResponse.KeyValue found : TxnResponse.keyValues(response)) {
            last = found.key();
            entries.add(
                    Map.entry(keys.keyOf(found.key(), partition), EtcdKeys.record(found.value(), found.revision())));
        }
        next = entries.size() < PAGE || last == null ? null : Arrays.copyOf(last, last.length + 1);
        return entries.iterator();
    }

    @Override
    public Map.Entry<String, StoredRecord> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }
}
