import { useMessages } from "../i18n";
import { Button } from "../shared";
import { useApp, useStore } from "../state";
import "./start.css";

/** The first start opens on the practice platform with one sentence and two ways on; gone once one was taken. */
export function Welcome({ onGuide, onNew }: { onGuide: () => void; onNew: () => void }) {
  const { shell } = useMessages();
  const store = useStore();
  const isWelcomed = useApp((state) => state.preferences.welcomed);
  if (isWelcomed) return null;

  const practise = () => {
    store.changePreferences({ welcomed: true });
    onGuide();
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
