package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitkv.api.EmbeddedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A retired segment stays readable as long as somebody reads who began before. */
class SegmentPinsTest {
  private final SegmentPins pins = new SegmentPins(SegmentPinsTest::close);
  private final byte[] target = new byte[10];

  private static Segment segment() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (EmbeddedStore store = KVStore.open(disk.hold(), TestStores.options())) {
      store.put(bytes("key"), bytes("value"));
    }
    String name = FileNames.segment(1);
    Damage damage = new Damage(TestStores.options().onDamage(), disk, new Events(TestStores.options().listener()));
    SegmentProbe probe = SegmentProbe.of(disk, 1, damage);
    Segment segment = new Segment(disk.path(name), disk.openForReading(name), probe.header(), probe.footer().dataEnd());
    segment.sealed(probe.footer());
    return segment;
  }

  private static void close(Segment segment) {
    try {
      segment.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int read(Segment segment) throws IOException {
    return segment.read(0, target, 0, target.length);
  }

  @Test
  void segmentThatNobodyReadsIsClosedAtOnce() throws IOException {
    Segment segment = segment();
    assertEquals(10, read(segment));
    pins.take().close();
    pins.retire(List.of(segment));
    assertEquals(Segment.GONE, read(segment));
  }

  @Test
  @DisplayName("F37 segmentIsClosedWhenTheLastOfItsReadersHasGone")
  void segmentIsClosedWhenTheLastOfItsReadersHasGone() throws IOException {
    Segment first = segment();
    Segment second = segment();
    SegmentPins.Pin early = pins.take();
    SegmentPins.Pin another = pins.take();
    pins.retire(List.of(first));
    SegmentPins.Pin late = pins.take();
    pins.retire(List.of(second));
    early.close();
    assertEquals(10, read(first));
    another.close();
    assertEquals(Segment.GONE, read(first));
    assertEquals(10, read(second));
    late.close();
    assertEquals(Segment.GONE, read(second));
  }

  @Test
  @DisplayName("retiredSegmentIsFoundUntilItIsRemoved: by those who follow an old location, but it is no part of the log")
  void retiredSegmentIsFoundUntilItIsRemoved() throws IOException {
    SegmentTable table = new SegmentTable();
    Segment segment = segment();
    table.add(segment);
    assertEquals(segment, table.find(1));
    table.retire(List.of(segment));
    assertEquals(segment, table.find(1));
    assertEquals(List.of(), table.all());
    table.remove(segment);
    assertEquals(null, table.find(1));
    assertEquals(List.of(), table.every());
  }
}
