import {
  contrastOn,
  DISTANCE_LIMIT,
  fillOf,
  textLimits,
  widgetLanguages,
} from '@deskbell/contract';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useLanguageName } from '../../app/use-language-name.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { TextField } from '../../ui/text-field.tsx';
import { ColorChoice } from './color-choice.tsx';
import { OptionCards } from './option-cards.tsx';
import type { InboxDraft } from './use-inbox-draft.ts';

/** Name, colour, and where and how the launcher stands. */
export function InboxLook({ draft }: { draft: InboxDraft }) {
  const { t } = useTranslation(['settings', 'app']);
  const nameOf = useLanguageName();
  const { inbox, change, isWrong } = draft;
  const { look } = inbox;
  return (
    <>
      <TextField
        label={t('look.name')}
        hint={t('look.nameHint')}
        maxLength={120}
        value={inbox.name}
        error={isWrong('name') ? t('app:fields.name') : undefined}
        onChange={(event) => change({ name: event.target.value })}
      />
      <div className="flex flex-col gap-3">
        <ColorChoice
          label={t('look.color')}
          value={inbox.color}
          wrongText={t('look.colorWrong')}
          onChange={(color) => change({ color })}
        />
        <Contrast color={inbox.color} />
      </div>
      <OptionCards
        legend={t('look.position')}
        value={look.position}
        options={[
          { value: 'start', label: t('look.start') },
          { value: 'end', label: t('look.end') },
        ]}
        hint={t('look.positionHint')}
        onChange={(position) => change({ look: { position } })}
      />
      <Distance value={look.distance} onChange={(distance) => change({ look: { distance } })} />
      <OptionCards
        legend={t('look.launcher')}
        value={look.launcher}
        options={[
          { value: 'icon', label: t('look.icon') },
          { value: 'word', label: t('look.word') },
        ]}
        onChange={(launcher) => change({ look: { launcher } })}
      />
      {look.launcher === 'word' && (
        <div className="grid gap-4 sm:grid-cols-2">
          {widgetLanguages.map((language) => (
            <TextField
              key={language}
              label={t('look.wordIn', { language: nameOf(language) })}
              lang={language}
              placeholder={t('look.wordDefault')}
              maxLength={textLimits.launcher}
              value={look.texts[language].launcher}
              onChange={({ target }) =>
                change({ look: { texts: { [language]: { launcher: target.value } } } })
              }
            />
          ))}
        </div>
      )}
    </>
  );
}

function Distance({ value, onChange }: { value: number; onChange(value: number): void }) {
  const { t } = useTranslation('settings');
  return (
    <label className="flex flex-col gap-1">
      <span className="font-medium text-sm">{t('look.distance')}</span>
      <span className="flex items-center gap-3">
        <input
          type="range"
          min={0}
          max={DISTANCE_LIMIT}
          step={4}
          value={value}
          onChange={(event) => onChange(event.target.valueAsNumber)}
          className="h-8 pointer-coarse:h-11 min-w-0 flex-1 accent-accent"
        />
        <output className="w-16 text-end text-muted text-sm tabular-nums">
          {t('look.pixels', { count: value })}
        </output>
      </span>
    </label>
  );
}

/** Enough for any text (WCAG 2.2, 1.4.3). */
const READABLE = 4.5;

/** How well words on this colour can be read, and what the widget does about it. */
function Contrast({ color }: { color: string }) {
  const { t, i18n } = useTranslation('settings');
  const { fill, text } = fillOf(color);
  const ratio = contrastOn(color, text);
  const shown = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(ratio);
  const isGood = ratio >= READABLE;
  const Icon = isGood ? CircleCheck : CircleAlert;
  return (
    <div role="status" className="flex items-start gap-3 text-sm">
      <span
        aria-hidden="true"
        className="grid h-8 shrink-0 place-items-center rounded-lg px-3 font-medium"
        style={{ backgroundColor: fill, color: text }}
      >
        {t('look.sample')}
      </span>
      <p className="flex min-w-0 items-start gap-1.5 pt-1.5 text-muted">
        <Icon
          aria-hidden="true"
          className={`mt-0.5 size-4 shrink-0 ${isGood ? 'text-positive-text' : 'text-notice-text'}`}
        />
        {t(isGood ? 'look.contrastGood' : 'look.contrastLow', { ratio: shown })}
      </p>
    </div>
  );
}
