namespace BpfMaps.Tool.Top;

/// <summary>The state of the view of <c>top</c>, which keys change.</summary>
internal sealed class TopState
{
    private const int Page = 10;

    /// <summary>By the changes, and by the CPU time.</summary>
    public TopTable<MapSample> Maps { get; } = new(TopColumns.Maps, sort: 7) { IdOf = static map => map.Info.Id };

    public TopTable<ProgramSample> Programs { get; } = new(TopColumns.Programs, sort: 5) { IdOf = static program => program.Info.Id };

    public TopSample? Sample { get; private set; }

    /// <summary>Gets whether programs are shown, and not maps.</summary>
    public bool ShowsPrograms { get; private set; }

    /// <summary>Gets the id of the map whose entries are shown; <see langword="null"/> for the tables.</summary>
    public uint? OpenMap { get; private set; }

    public string Filter { get; private set; } = "";

    /// <summary>Gets whether keys are the text of the filter.</summary>
    public bool IsTyping { get; private set; }

    public bool IsPaused { get; private set; }

    public bool ShowsHelp { get; private set; }

    public bool IsOver { get; private set; }

    public void Update(TopSample sample)
    {
        Sample = sample;
        Arrange();
    }

    public void Press(ConsoleKeyInfo key)
    {
        if (IsTyping)
        {
            Type(key);
            return;
        }
        if (ShowsHelp)
        {
            ShowsHelp = false;
            return;
        }
        switch (key)
        {
            case { KeyChar: 'q' } or { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                IsOver = true;
                break;
            case { Key: ConsoleKey.Escape or ConsoleKey.Backspace } when OpenMap is not null:
                OpenMap = null;
                break;
            case { Key: ConsoleKey.Escape }:
                Filter = "";
                Arrange();
                break;
            case { KeyChar: ' ' }:
                IsPaused = !IsPaused;
                break;
            case { KeyChar: '?' or 'h' }:
                ShowsHelp = true;
                break;
            case { KeyChar: '/' }:
                IsTyping = true;
                break;
            default:
                if (OpenMap is null)
                    PressInTable(key);
                break;
        }
    }

    private void PressInTable(ConsoleKeyInfo key)
    {
        switch (key)
        {
            case { Key: ConsoleKey.Tab }:
                ShowsPrograms = !ShowsPrograms;
                break;
            case { Key: ConsoleKey.Enter } when !ShowsPrograms:
                OpenMap = Maps.Selected?.Info.Id;
                break;
            case { Key: ConsoleKey.UpArrow } or { KeyChar: 'k' }:
                Move(-1);
                break;
            case { Key: ConsoleKey.DownArrow } or { KeyChar: 'j' }:
                Move(1);
                break;
            case { Key: ConsoleKey.PageUp }:
                Move(-Page);
                break;
            case { Key: ConsoleKey.PageDown }:
                Move(Page);
                break;
            case { Key: ConsoleKey.Home }:
                Move(int.MinValue / 2);
                break;
            case { Key: ConsoleKey.End }:
                Move(int.MaxValue / 2);
                break;
            case { KeyChar: 's' } or { Key: ConsoleKey.RightArrow }:
                MoveSort(1);
                break;
            case { KeyChar: 'S' } or { Key: ConsoleKey.LeftArrow }:
                MoveSort(-1);
                break;
            case { KeyChar: 'r' }:
                Reverse();
                break;
            default:
                break;
        }
    }

    private void Type(ConsoleKeyInfo key)
    {
        switch (key)
        {
            case { Key: ConsoleKey.Enter }:
                IsTyping = false;
                break;
            case { Key: ConsoleKey.Escape }:
                IsTyping = false;
                Filter = "";
                break;
            case { Key: ConsoleKey.Backspace }:
                Filter = Filter.Length == 0 ? "" : Filter[..^1];
                break;
            case { KeyChar: >= ' ' and not '\x7f' }:
                Filter += key.KeyChar;
                break;
            default:
                break;
        }
        Arrange();
    }

    private void Arrange()
    {
        if (Sample is null)
            return;
        Maps.Update(Sample.Maps, Filter);
        Programs.Update(Sample.Programs, Filter);
    }

    private void Move(int step)
    {
        if (ShowsPrograms)
            Programs.Move(step);
        else
            Maps.Move(step);
    }

    private void MoveSort(int step)
    {
        if (ShowsPrograms)
            Programs.MoveSort(step, Filter);
        else
            Maps.MoveSort(step, Filter);
    }

    private void Reverse()
    {
        if (ShowsPrograms)
            Programs.Reverse(Filter);
        else
            Maps.Reverse(Filter);
    }
}
