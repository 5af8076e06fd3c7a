import { type FormEvent, useState } from 'react';
import { useClient } from './client.ts';
import { Dialog } from './dialog.tsx';

interface Props {
  onClose: () => void;
  onSend: (poll: { question: string; answers: string[] }) => void;
}

export function PollDialog({ onClose, onSend }: Props) {
  const { strings } = useClient();
  const [question, setQuestion] = useState('');
  const [lines, setLines] = useState('');
  const answers = lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend({ question, answers: answers.slice(0, 10) });
    onClose();
  };
  return (
    <Dialog title={strings.poll} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <label>
          <span>{strings.pollQuestion}</span>
          <input
            required
            maxLength={300}
            value={question}
            onChange={({ target }) => setQuestion(target.value)}
          />
        </label>
        <label>
          <span>{strings.pollAnswers}</span>
          <textarea required rows={4} value={lines} onChange={({ target }) => setLines(target.value)} />
        </label>
        <footer>
          <button type="button" className="button" onClick={onClose}>
            {strings.cancel}
          </button>
          <button type="submit" className="button primary" disabled={!question || answers.length === 0}>
            {strings.send}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
