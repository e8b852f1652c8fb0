import { useMessages } from "../i18n";
import { Button } from "../shared";
import { useApp, useLive, useStore } from "../state";
import type { Connecting } from "./useConnecting";
import "./start.css";

/** The first start opens on the practice platform with one sentence and two ways on; gone once one was taken. */
export function Welcome({ connecting, onNew }: { connecting: Connecting; onNew: () => void }) {
  const { shell } = useMessages();
  const store = useStore();
  const isWelcomed = useApp((state) => state.preferences.welcomed);
  const isPractice = useLive((live) => live.connection?.environment === "practice");
  if (isWelcomed) return null;

  const practise = () => {
    store.changePreferences({ welcomed: true });
    if (!isPractice) connecting.connectPractice(null);
  };
  const connect = () => {
    store.changePreferences({ welcomed: true });
    onNew();
  };
  return (
    <section className="welcome" data-testid="welcome">
      <p>{shell.welcome}</p>
      <div>
        <Button kind="primary" icon="cap" tooltip={shell.practiseHint} data-testid="practise" onClick={practise}>
          {shell.practise}
        </Button>
        <Button icon="plug" tooltip={shell.connectHint} data-testid="connect" onClick={connect}>
          {shell.connect}
        </Button>
      </div>
    </section>
  );
}
