package dev.stowage.etcd;

import dev.stowage.emulator.record.RecordStore;
import dev.stowage.emulator.record.RecordStoreProvider;
import java.util.Set;

/** Opens stores at URLs of the form {@code etcd://host:2379,host:2379,host:2379/prefix}; {@code etcds://} is with TLS. */
public final class EtcdStoreProvider implements RecordStoreProvider {

    private static final Set<String> SCHEMES = Set.of("etcd", "etcds");

    @Override
    public boolean supports(String scheme) {
        return SCHEMES.contains(scheme);
    }

    @Override
    public RecordStore open(String url) {
        EtcdAddress address = EtcdAddress.parse(url, System.getenv());
        EtcdClient client = new EtcdClient(address);
        EtcdKeys keys = new EtcdKeys(address.prefix());
        client.check(keys.first());
        return new EtcdRecordStore(client, keys, address.maxTxnOps());
    }
}
