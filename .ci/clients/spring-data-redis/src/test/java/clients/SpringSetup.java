package clients;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ValueOperations;

/** Spring Data Redis, over Lettuce, connected to the server, which is empty before each test. */
abstract class SpringSetup {

  static final int DATABASE = 9;

  static LettuceConnectionFactory connections;
  static StringRedisTemplate template;
  static ValueOperations<String, String> values;

  @BeforeAll
  static void connect() {
    int port = Integer.parseInt(System.getenv("BITKV_PORT"));
    RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("127.0.0.1", port);
    server.setDatabase(DATABASE);
    connections = new LettuceConnectionFactory(server);
    connections.afterPropertiesSet();
    connections.start();
    template = new StringRedisTemplate(connections);
    values = template.opsForValue();
  }

  @AfterAll
  static void disconnect() {
    connections.destroy();
  }

  @BeforeEach
  void empty() {
    template.execute(
        (RedisCallback<Void>)
            connection -> {
              connection.serverCommands().flushAll();
              return null;
            });
  }
}
