package io.tombola.deploy.watch;

import io.tombola.deploy.live.StoreSnapshot;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * The terminal interface: redraws every 500 ms, handles keys, and restores the terminal on close.
 * Not thread-safe; the caller closes it.
 */
public final class Tui implements AutoCloseable {

  private static final long REDRAW_INTERVAL_MILLIS = 500;

  /** The actions that keys trigger. */
  private enum Action {
    NEXT,
    PREVIOUS,
    QUIT
  }

  /** Supplies the snapshots to show. */
  @FunctionalInterface
  public interface Source {

    /** The current snapshot. */
    StoreSnapshot poll() throws IOException;
  }

  private final Terminal terminal;
  private final Attributes before;
  private final Display display;
  private final BindingReader keys;
  private final KeyMap<Action> bindings = new KeyMap<>();
  private volatile boolean quit;

  private Tui(Terminal terminal) {
    this.terminal = terminal;
    before = terminal.enterRawMode();
    display = new Display(terminal, true);
    keys = new BindingReader(terminal.reader());
    bindings.bind(Action.QUIT, "q", "Q", KeyMap.ctrl('C'), KeyMap.ctrl('D'));
    bindings.bind(Action.NEXT, "n", "\t", KeyMap.key(terminal, Capability.key_right));
    bindings.bind(Action.PREVIOUS, "p", KeyMap.key(terminal, Capability.key_left));
    bindings.setAmbiguousTimeout(REDRAW_INTERVAL_MILLIS / 5);
    terminal.handle(Terminal.Signal.INT, signal -> quit = true);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.keypad_xmit);
    terminal.puts(Capability.cursor_invisible);
  }

  /** Takes control of this process's terminal. */
  public static Tui open() throws IOException {
    return new Tui(TerminalBuilder.builder().system(true).dumb(false).build());
  }

  /**
   * Shows the snapshots of {@code source} until the user quits.
   *
   * @param campaign the campaign to show first
   */
  public void show(Source source, String campaign) throws IOException {
    String shown = campaign;
    while (!quit) {
      StoreSnapshot store = source.poll();
      Screen screen = Screen.of(store, shown, ZoneId.systemDefault());
      Size size = terminal.getSize();
      display.resize(size);
      display.update(screen.lines(size.getColumns(), size.getRows()), 0);
      shown = screen.at(steps(action()));
    }
  }

  /** The action of a key pressed within the redraw interval, if there is one. */
  private Optional<Action> action() {
    boolean typed = keys.peekCharacter(REDRAW_INTERVAL_MILLIS) >= 0;
    return typed ? Optional.ofNullable(keys.readBinding(bindings, null, false)) : Optional.empty();
  }

  /** By how many campaigns the selection moves. */
  private int steps(Optional<Action> action) {
    if (action.isEmpty()) {
      return 0;
    }
    return switch (action.get()) {
      case NEXT -> 1;
      case PREVIOUS -> -1;
      case QUIT -> {
        quit = true;
        yield 0;
      }
    };
  }

  @Override
  public void close() throws IOException {
    terminal.puts(Capability.cursor_visible);
    terminal.puts(Capability.keypad_local);
    terminal.puts(Capability.exit_ca_mode);
    terminal.setAttributes(before);
    terminal.flush();
    terminal.close();
  }
}
