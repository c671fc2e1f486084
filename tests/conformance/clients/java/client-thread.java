// A client and the one thread that uses it.

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

abstract class ClientThread extends Thread {
  private final LinkedBlockingQueue<JsonNode> asked = new LinkedBlockingQueue<>();

  ClientThread(String name) {
    super(name);
  }

  void submit(JsonNode ask) {
    asked.add(ask);
  }

  /** Whether later commands may speak of it. */
  boolean isNamed() {
    return true;
  }

  /** Carries one command out and gives the value of `ok` back. */
  abstract Object carryOut(JsonNode ask) throws Exception;

  /** What is done between commands; gives back whether it took time itself, so that commands need not be waited for. */
  boolean betweenCommands() {
    return false;
  }

  boolean isOver() {
    return false;
  }

  @Override
  public void run() {
    try {
      while (!isOver()) {
        long waitMs = betweenCommands() ? 0 : 20;
        JsonNode ask = asked.poll(waitMs, TimeUnit.MILLISECONDS);
        if (ask != null) Driver.answer(ask.get("n").asInt(), () -> carryOut(ask));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
