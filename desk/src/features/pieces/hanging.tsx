import { Bell, Inbox, Moon, Search } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Palette } from '../../ui/palette.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';

const items = [
  { id: 'queue', label: 'Go to the queue', icon: <Inbox />, shortcut: 'g q' },
  { id: 'dark', label: 'Dark', detail: 'Appearance', icon: <Moon /> },
  { id: 'bell', label: 'Notifications', icon: <Bell /> },
];

/** What hangs at a button or stands over the page: a palette, a popover, a tooltip. */
export function Hanging() {
  const [isOn, setOn] = useState(true);
  return (
    <div className="flex flex-wrap items-center gap-3 py-1.5">
      <PaletteAtWork />
      <Popover
        trigger={<IconButton label="Popover" icon={<Search />} />}
        title="Narrow this list"
        align="center"
      >
        <Checkbox label="Flagged" isOn={isOn} onChange={setOn} />
      </Popover>
      <Tooltip label="Says what it does" shortcut="mod+k" side="bottom">
        <Button>Tooltip</Button>
      </Tooltip>
    </div>
  );
}

function PaletteAtWork() {
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const fitting = items.filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()));
  return (
    <>
      <Button onClick={() => setOpen(true)}>Palette</Button>
      <Palette
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onClosed={() => setQuery('')}
        label="Find"
        placeholder="Go to, find, do …"
        query={query}
        onQuery={setQuery}
        groups={fitting.length > 0 ? [{ name: 'Actions', items: fitting }] : []}
        onPick={() => setOpen(false)}
        empty="Nothing fits."
        closeLabel="Close"
      />
    </>
  );
}
