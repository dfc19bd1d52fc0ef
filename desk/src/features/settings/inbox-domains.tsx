import {
  DOMAINS_LIMIT,
  type Inbox,
  letsVisitorsIn,
  mayEmbed,
  type Sighting,
} from '@deskbell/contract';
import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useClient } from '../../app/client.tsx';
import { useProblemText } from '../../app/problem-text.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { domainIn } from './domain-in.ts';
import { SightingList } from './sighting-list.tsx';
import { useSightings } from './use-sightings.ts';

/** Which sites may embed the widget. One list, changed by one entry at a time, in force at once. */
export function InboxDomains({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation(['settings', 'app']);
  const sightings = useSightings(inbox.id).answer?.sightings;
  const { ask, save, error, setError, asked, forget } = useDomains(inbox, sightings);
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const domain = domainIn(typed);
    if (domain === null) return setError(t('domains.none', { typed: typed.trim() || '…' }));
    if (inbox.domains.includes(domain)) return setError(t('domains.twice', { domain }));
    if (await ask([...inbox.domains, domain])) setTyped('');
    field.current?.focus();
  };
  const remove = (domain: string) => {
    field.current?.focus();
    void ask(inbox.domains.filter((each) => each !== domain));
  };
  return (
    <>
      <form
        noValidate
        className="flex flex-wrap gap-x-2 gap-y-3"
        onSubmit={(event) => void add(event)}
      >
        <div className="min-w-0 flex-1 basis-56">
          <TextField
            ref={field}
            label={t('domains.add')}
            hint={t('domains.hint')}
            placeholder="shop.example"
            inputMode="url"
            autoCapitalize="off"
            spellCheck={false}
            value={typed}
            error={error}
            onChange={(event) => {
              setTyped(event.target.value);
              setError(undefined);
            }}
          />
        </div>
        <Button
          type="submit"
          look="primary"
          icon={<Plus />}
          disabled={inbox.domains.length >= DOMAINS_LIMIT}
          // Beside the field, below its name.
          className="mt-6"
        >
          {t('domains.button')}
        </Button>
      </form>
      <section>
        <h2 className="mb-2 font-semibold">{t('domains.list')}</h2>
        {inbox.domains.length === 0 ? (
          <p className="text-muted">{t('domains.everywhere')}</p>
        ) : (
          <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line">
            {inbox.domains.map((domain) => (
              <li key={domain} className="flex items-center gap-2 py-1 ps-3 pe-1.5">
                <span className="min-w-0 flex-1 wrap-anywhere font-mono text-sm">{domain}</span>
                <IconButton
                  label={t('domains.remove', { domain })}
                  icon={<Trash2 />}
                  onClick={() => remove(domain)}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
      {sightings && sightings.length > 0 && (
        <section>
          <h2 className="mb-2 font-semibold">{t('site.seen')}</h2>
          <SightingList sightings={sightings} />
        </section>
      )}
      <Dialog
        isOpen={asked !== null}
        onClose={forget}
        size="small"
        title={t('domains.lockOut')}
        description={t('domains.lockOutText', { site: asked?.site })}
        closeLabel={t('app:close')}
        actions={
          <>
            <Button onClick={forget}>{t('domains.keep')}</Button>
            <Button
              look="danger"
              onClick={() => {
                forget();
                if (asked) void save(asked.domains).then((isDone) => isDone && setTyped(''));
              }}
            >
              {t('domains.lockOutAnyway')}
            </Button>
          </>
        }
      />
    </>
  );
}

function useDomains(inbox: Inbox, sightings: readonly Sighting[] | undefined) {
  const { t } = useTranslation('settings');
  const client = useClient();
  const textOf = useProblemText();
  const [error, setError] = useState<string | undefined>();
  const [asked, setAsked] = useState<{ domains: string[]; site: string } | null>(null);
  const save = async (domains: string[]): Promise<boolean> => {
    const outcome = await client.send('inbox.change', { inboxId: inbox.id, domains });
    const isRefused = 'code' in outcome;
    setError(isRefused ? textOf(outcome) : undefined);
    return !isRefused;
  };
  /** Saves a list that leaves the widget where it was last seen; of another it asks first. */
  const ask = async (domains: string[]): Promise<boolean> => {
    if (!letsVisitorsIn(domains)) {
      setError(t('domains.everybody'));
      return false;
    }
    const last = sightings?.find(({ isRefused }) => !isRefused)?.origin;
    const isLockedOut =
      last !== undefined && mayEmbed(inbox.domains, last) && !mayEmbed(domains, last);
    if (!isLockedOut) return save(domains);
    setAsked({ domains, site: last });
    return false;
  };
  return { ask, save, error, setError, asked, forget: () => setAsked(null) };
}
