// The process of the Java client: the same JSON lines as the drivers of the JavaScript clients (drivers/protocol.ts).
// One thread per client, because a consumer belongs to one thread; commands of a client are carried out in their order.

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;

final class Driver {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private static final Map<String, ClientThread> CLIENTS = new ConcurrentHashMap<>();

  /** What a client makes of a command: the value of `ok`. */
  interface Command {
    Object run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode ask = JSON.readTree(line);
      try {
        dispatch(ask);
      } catch (Exception error) {
        fail(ask.get("n").asInt(), error);
      }
    }
    // Whatever is left is of no interest to anybody.
    Runtime.getRuntime().halt(0);
  }

  private static void dispatch(JsonNode ask) {
    switch (ask.get("cmd").asText()) {
      case "producer" -> start(new ProducerThread(ask.get("spec")), ask);
      case "consumer" -> start(new ConsumerThread(ask.get("spec")), ask);
      case "read", "admin-committed" -> start(new ReaderThread(ask), ask);
      default -> {
        ClientThread client = CLIENTS.get(ask.get("name").asText());
        if (client == null) throw new IllegalStateException("no client " + ask.get("name").asText());
        client.submit(ask);
      }
    }
  }

  private static void start(ClientThread client, JsonNode ask) {
    if (client.isNamed()) CLIENTS.put(client.getName(), client);
    client.submit(ask);
    client.setDaemon(true);
    client.start();
  }

  static synchronized void tell(ObjectNode line) {
    OUT.println(line);
  }

  static void answer(int n, Command command) {
    try {
      Object ok = command.run();
      ObjectNode line = JSON.createObjectNode().put("n", n);
      line.set("ok", JSON.valueToTree(ok));
      tell(line);
    } catch (Throwable error) {
      fail(n, error);
    }
  }

  private static void fail(int n, Throwable error) {
    ObjectNode line = JSON.createObjectNode().put("n", n);
    line.set("err", JSON.valueToTree(describe(error)));
    tell(line);
  }

  /** The class of the exception; of its cause where it only wraps one. */
  static Map<String, Object> describe(Throwable error) {
    Throwable named = error;
    while ((named instanceof ExecutionException || named.getClass() == KafkaException.class) && named.getCause() != null) {
      named = named.getCause();
    }
    String name = named.getClass().getSimpleName();
    String message = String.valueOf(named.getMessage());
    Map<String, Object> described = new java.util.HashMap<>();
    described.put("name", name);
    described.put("type", name);
    described.put("code", null);
    described.put("message", message.substring(0, Math.min(300, message.length())));
    return described;
  }
}
