import { useCallback, useState } from 'react';

/** A setting of this browser alone, such as a column's width. What was kept and isn't valid any more is the default. */
export function useKept<Value>(
  name: string,
  fallback: Value,
  isValid: (value: unknown) => value is Value,
): [Value, (value: Value) => void] {
  const key = `deskbell.${name}`;
  const [value, setValue] = useState(() => read(key, fallback, isValid));
  const keep = useCallback(
    (next: Value) => {
      setValue(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Storage is denied: it holds until the page is closed.
      }
    },
    [key],
  );
  return [value, keep];
}

function read<Value>(
  key: string,
  fallback: Value,
  isValid: (value: unknown) => value is Value,
): Value {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isValid(value) ? value : fallback;
  } catch {
    return fallback;
  }
}

export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
export const isNumber = (value: unknown): value is number => typeof value === 'number';
