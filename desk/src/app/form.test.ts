import { describe, expect, it } from 'vitest';
import { faultIn } from './form.tsx';

describe('a form', () => {
  it('names the first field that is missing', () => {
    expect(faultIn({ name: 'Mara', email: ' ', password: '' })?.field).toBe('email');
    expect(faultIn({ workspaceName: '', name: '' })?.field).toBe('workspaceName');
  });

  it('wants something like a mail address, and leaves the rest to the server', () => {
    expect(faultIn({ email: 'mara' })?.field).toBe('email');
    expect(faultIn({ email: 'mara@example.org', password: 'x' })).toBeNull();
  });

  it('asks for no field that it does not have', () => {
    expect(faultIn({ email: 'mara@example.org' })).toBeNull();
  });
});
