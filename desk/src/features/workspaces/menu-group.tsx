import { Building2, Plus } from 'lucide-react';
import { goInto } from '../../app/place.ts';
import { useSession } from '../../app/session-context.tsx';
import { useKeysOf } from '../../app/shortcuts.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Mark } from '../../ui/mark.tsx';
import { MenuChoice, MenuDigits, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useWorkspaces } from './use-workspaces.ts';

/** More than these are searched, not looked through. */
const SHOWN = 6;

interface MenuGroupProps {
  onFind(): void;
  onMake(): void;
}

/** In the menu of oneself: the other workspaces, by their digit too, and a new one. */
export function WorkspaceMenuGroup({ onFind, onMake }: MenuGroupProps) {
  const { t } = useTranslation('workspaces');
  const keysOf = useKeysOf();
  const { workspace } = useSession();
  const { all, mayCreate } = useWorkspaces();
  const isFew = all.length <= SHOWN;
  if (all.length < 2 && !mayCreate) return null;
  return (
    <>
      {isFew && all.length > 1 && (
        <>
          <MenuDigits onDigit={(digit) => goTo(all[digit - 1], workspace.id)} />
          <MenuChoice
            label={t('label')}
            value={workspace.id as string}
            onChange={(id) =>
              goTo(
                all.find((each) => each.id === id),
                workspace.id,
              )
            }
            options={all.map(({ id, name, waiting }, index) => ({
              value: id as string,
              label: name,
              icon: <Mark id={id} name={name} size="tiny" />,
              shortcut: String(index + 1),
              count: waiting,
              countLabel: t('waiting', { count: waiting ?? 0 }),
            }))}
          />
        </>
      )}
      {!isFew && (
        <MenuItem icon={<Building2 />} shortcut={keysOf('goToWorkspace')} onSelect={onFind}>
          {t('all', { count: all.length })}
        </MenuItem>
      )}
      {mayCreate && (
        <MenuItem icon={<Plus />} onSelect={onMake}>
          {t('make')}
        </MenuItem>
      )}
      <MenuSeparator />
    </>
  );
}

function goTo(chosen: { id: Parameters<typeof goInto>[0] } | undefined, here: string): void {
  if (chosen && chosen.id !== here) goInto(chosen.id);
}
