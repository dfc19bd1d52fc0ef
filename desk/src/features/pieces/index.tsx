import { Check, Inbox, Moon, Search, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { Progress } from '../../ui/progress.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ResizeHandle } from '../../ui/resize-handle.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Select } from '../../ui/select.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { Switch } from '../../ui/switch.tsx';
import { PasswordField, TextField } from '../../ui/text-field.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { showToast } from '../../ui/toast.ts';
import { Hanging } from './hanging.tsx';
import { Sheet } from './sheet.tsx';
import { Colors, Shadows, TextSizes } from './tokens.tsx';

const OPENED_AT = Date.now();
/** Now, minutes, hours, days and a year ago. */
const AGES_MS = [0, 5 * 60_000, 3 * 3_600_000, 2 * 86_400_000, 400 * 86_400_000];

/** Every token and piece of `ui/` on one page, light and dark side by side. In development only, and so in English only. */
export function PiecesScreen() {
  return (
    <main className="min-h-dvh overflow-y-auto">
      <h1 className="px-6 pt-6 font-semibold text-2xl">Pieces of the desk</h1>
      <div className="grid gap-6 p-6 xl:grid-cols-2">
        {(['light', 'dark'] as const).map((theme) => (
          <div key={theme} data-theme={theme} className="rounded-xl bg-surface p-6 text-ink">
            <Pieces />
          </div>
        ))}
      </div>
    </main>
  );
}

function Pieces() {
  return (
    <>
      <Sheet title="Colours">
        <Colors />
      </Sheet>
      <Sheet title="Sizes of text">
        <TextSizes />
      </Sheet>
      <Sheet title="Shadows">
        <Shadows />
      </Sheet>
      <Sheet title="Buttons">
        <Buttons />
      </Sheet>
      <Sheet title="Fields">
        <Fields />
      </Sheet>
      <Sheet title="People, words, keys">
        <Marks />
      </Sheet>
      <Sheet title="What opens">
        <Openers />
        <Hanging />
      </Sheet>
      <Sheet title="A border that moves">
        <Border />
      </Sheet>
      <Sheet title="Waiting and nothing">
        <Waits />
      </Sheet>
    </>
  );
}

function Buttons() {
  const looks = ['primary', 'plain', 'quiet', 'positive', 'danger'] as const;
  return (
    <>
      {([{}, { isBusy: true }, { disabled: true }] as const).map((state) => (
        <Line key={Object.keys(state).join()}>
          {looks.map((look) => (
            <Button key={look} look={look} icon={<Check />} {...state}>
              {look}
            </Button>
          ))}
        </Line>
      ))}
      <Line>
        <Button size="small">small</Button>
        <Button size="large">large</Button>
        <IconButton label="Throw away" icon={<Trash2 />} />
        <IconButton label="Pressed" icon={<Moon />} isPressed />
      </Line>
    </>
  );
}

function Fields() {
  const [isOn, setOn] = useState(true);
  const [sought, setSought] = useState('lamp');
  return (
    <div className="grid max-w-100 gap-2">
      <SearchField label="Search" clearLabel="Clear" value={sought} onChange={setSought} />
      <TextField label="Name" hint="As colleagues see it" defaultValue="Ann Fischer" />
      <TextField label="Email" error="This is not an email address." defaultValue="ann@" />
      <PasswordField label="Password" showLabel="Show" hideLabel="Hide" defaultValue="secret" />
      <Textarea label="Greeting" hint="Markdown" defaultValue="Good day" />
      <SelectField label="Role" options={[{ value: 'agent', label: 'Agent' }]} />
      <Select aria-label="Unit" options={[{ value: 'minutes', label: 'minutes' }]} />
      <CopyField
        label="Link"
        text="https://example.org/a/link"
        copyLabel="Copy"
        copiedLabel="Copied"
      />
      <Checkbox label="Flagged" isOn={isOn} onChange={setOn} />
      <Checkbox label="Not flagged" isOn={!isOn} onChange={(isOff) => setOn(!isOff)} />
      <Switch label="Sounds" hint="When somebody writes" isOn={isOn} onChange={setOn} />
    </div>
  );
}

function Marks() {
  return (
    <>
      <Line>
        {(['tiny', 'small', 'medium', 'large', 'huge'] as const).map((size) => (
          <Avatar
            key={size}
            id={size}
            name="Ann Fischer"
            size={size}
            state={size === 'tiny' ? 'away' : 'online'}
          />
        ))}
        <Avatar id="nobody" name={null} />
      </Line>
      <Line>
        {(['neutral', 'accent', 'positive', 'notice', 'danger'] as const).map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        <Kbd keys="mod+k" />
        <Kbd keys="g q" />
      </Line>
      <Line>
        {(['tiny', 'small', 'medium'] as const).map((size) => (
          <Mark key={size} id={size} name="Northgate Supplies" size={size} />
        ))}
        {(['online', 'away', 'offline'] as const).map((state) => (
          <span key={state} className="inline-flex items-center gap-1.5">
            <StateDot state={state} />
            {state}
          </span>
        ))}
      </Line>
      <Line>
        {AGES_MS.map((age) => (
          <RelativeTime key={age} at={OPENED_AT - age} language="en" nowLabel="just now" />
        ))}
      </Line>
    </>
  );
}

function Openers() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Line>
      <Button onClick={() => setOpen(true)}>Dialog</Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title="End this conversation?"
        description="What was written stays."
        closeLabel="Close"
        actions={<Button look="danger">End it</Button>}
      >
        Some words about what happens then.
      </Dialog>
      <Menu trigger={<Button>Menu</Button>}>
        <MenuItem icon={<Search />} shortcut="mod+k" onSelect={() => undefined}>
          Find
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} isDangerous onSelect={() => undefined}>
          Throw away
        </MenuItem>
      </Menu>
      <Button onClick={() => showToast({ title: 'Saved' })}>Toast</Button>
      <Button onClick={() => showToast({ tone: 'danger', title: 'That went wrong.' })}>
        Toast of a failure
      </Button>
    </Line>
  );
}

function Border() {
  const [width, setWidth] = useState(240);
  return (
    <div className="relative h-16 rounded-md bg-hover p-3" style={{ width }}>
      {width} px
      <ResizeHandle
        label="Width"
        width={width}
        min={160}
        max={400}
        initial={240}
        column="before"
        onResize={setWidth}
      />
    </div>
  );
}

function Waits() {
  return (
    <>
      <div className="relative h-1 overflow-hidden rounded-full">
        <Progress label="Loading" />
      </div>
      <Line>
        <Skeleton className="size-8 rounded-full" />
        <Skeleton className="h-4 w-60" />
      </Line>
      <EmptyState icon={<Inbox />} title="Nobody waits" action={<Button>Show all open</Button>}>
        New conversations appear here.
      </EmptyState>
    </>
  );
}

const Line = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-3 py-1.5">{children}</div>
);
