package io.bitkv.tests.history;

import io.bitkv.api.Expiry;
import java.time.Duration;

/** How long a value of a history lives; prints the Java that makes it. */
sealed interface Lifetime {

  /** The value does not expire. */
  Lifetime ENDLESS = new Fixed("ENDLESS", Expiry.NEVER);

  /** The value keeps the expiry of the one before. */
  Lifetime KEPT = new Fixed("KEPT", Expiry.KEEP);

  /** The value is past its time when it is written. */
  Lifetime OVER = new Fixed("OVER", new Expiry.At(1));

  /** What the API calls it. */
  Expiry expiry();

  /** One of the constants. */
  record Fixed(String name, Expiry expiry) implements Lifetime {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A time to live, in milliseconds. */
  record Ttl(long millis) implements Lifetime {
    @Override
    public Expiry expiry() {
      return Expiry.after(Duration.ofMillis(millis));
    }

    @Override
    public String toString() {
      return "ttl(" + millis + ")";
    }
  }
}
