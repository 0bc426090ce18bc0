package io.bitkv.bench.subject;

import java.io.IOException;
import net.openhft.chronicle.map.ChronicleMap;

/** Chronicle Map in a mapped file. It has no log and no sync of its own; a torn write after a crash must be repaired by the caller. */
final class ChronicleSubject implements Subject {

  private final ChronicleMap<byte[], byte[]> map;

  ChronicleSubject(Setup setup) throws IOException {
    map =
        ChronicleMap.of(byte[].class, byte[].class)
            .name("bench")
            .entries(setup.keys() + setup.keys() / 10)
            .constantKeySizeBySample(new byte[16])
            .constantValueSizeBySample(new byte[setup.valueBytes()])
            .createPersistedTo(setup.directory().resolve("chronicle.map").toFile());
  }

  @Override
  public void put(byte[] key, byte[] value) {
    map.put(key, value);
  }

  @Override
  public byte[] get(byte[] key) {
    return map.get(key);
  }

  @Override
  public void delete(byte[] key) {
    map.remove(key);
  }

  @Override
  public void close() {
    map.close();
  }
}
