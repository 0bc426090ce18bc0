package io.bitkv.engine;

/** The keys of a keyspace as they are met, in hash order. */
final class LiveCursor implements EntryCursor {
  private static final int STEP = 64;

  private final KeyDirectory directory;
  private final SegmentPins.Pin pin;
  private final Locations met = new Locations();
  private int next;
  private long position;
  private boolean isLast;

  LiveCursor(KeyDirectory directory, SegmentPins.Pin pin) {
    this.directory = directory;
    this.pin = pin;
  }

  @Override
  public boolean next(EntryReader reader) {
    while (next < met.size() || !isLast) {
      if (next == met.size()) {
        step();
      } else if (reader.load(met.get(next++))) {
        return true;
      }
    }
    return false;
  }

  private void step() {
    met.clear();
    next = 0;
    position = directory.scan(position, STEP, met::add);
    isLast = position == 0;
  }

  @Override
  public void close() {
    pin.close();
  }
}
