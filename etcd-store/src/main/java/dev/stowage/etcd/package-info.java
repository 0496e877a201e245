/**
 * Keeps the records of emulators in etcd, which several of them can share. Open {@link dev.stowage.etcd.EtcdRecordStore}, the record
 * store, and {@link dev.stowage.etcd.EtcdClient}, its client.
 */
@NullMarked
package dev.stowage.etcd;

import org.jspecify.annotations.NullMarked;
