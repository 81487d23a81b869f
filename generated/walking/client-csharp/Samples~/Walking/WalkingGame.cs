#nullable enable

using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HeTu;
using HeTu.Walking;
using UnityEngine;

/// <summary>
/// The walking game: every player is a capsule, the arrow keys walk, the space bar shouts. Put it on an empty object of a
/// scene with a camera that looks at the plane from above, and start the server of the walking example. It reads the
/// legacy <c>Input</c> class: in the player settings, Active Input Handling is to be Both or Input Manager.
/// </summary>
public sealed class WalkingGame : MonoBehaviour
{
    /// <summary>Between two moves: the server takes 40 of them in a second.</summary>
    private const float SecondsBetweenMoves = 0.05f;

    /// <summary>Units of the schema's world in one unit of the scene.</summary>
    private const float Scale = 50f;

    [SerializeField]
    private string url = "ws://127.0.0.1:2466/hetu/walking";

    [SerializeField]
    private string playerName = "Ada";

    [SerializeField]
    private float speed = 200f;

    private readonly Dictionary<long, GameObject> players = new Dictionary<long, GameObject>();
    private WalkingClient? client;
    private LiveRange<Position>? near;
    private IDisposable? shouts;
    private long user;
    private Vector2 place = new Vector2(500f, 300f);
    private float nextMove;

    private void Start()
    {
        client = new WalkingClient(url, LogInAsync);
        shouts = client.Events.On<Shout>(shout => Debug.Log($"{shout.From}: {shout.Text}"));
        near = client.Query<Position>().Range(Position.Index.X).Limit(200).Subscribe(query =>
        {
            query.OnInsert += Show;
            query.OnUpdate += (old, row) => Show(row);
            query.OnDelete += Hide;
        });
    }

    private void Update()
    {
        if (client == null) return;
        if (Input.GetKeyDown(KeyCode.Space)) Watch(client.Systems.ShoutAsync("Hello!"));
        var step = new Vector2(Input.GetAxisRaw("Horizontal"), Input.GetAxisRaw("Vertical"));
        if (step == Vector2.zero || Time.time < nextMove) return;
        nextMove = Time.time + SecondsBetweenMoves;
        place += step.normalized * speed * SecondsBetweenMoves;
        place = new Vector2(Mathf.Clamp(place.x, 0f, 1000f), Mathf.Clamp(place.y, 0f, 600f));
        Watch(client.Systems.MoveToAsync(place.x, place.y));
    }

    private void OnDestroy()
    {
        near?.Dispose();
        shouts?.Dispose();
        client?.Dispose();
    }

    /// <summary>Runs on every new connection, before anything else.</summary>
    private async Task LogInAsync(WalkingBootstrap session)
    {
        try
        {
            user = await session.Systems.LoginAsync(Token(), playerName, Team.Blue);
        }
        catch (NameTakenException taken)
        {
            Debug.LogError($"somebody is called {taken.Wanted} already");
            throw;
        }
    }

    private void Show(Position row)
    {
        if (!players.TryGetValue(row.Id, out var player))
        {
            player = GameObject.CreatePrimitive(PrimitiveType.Capsule);
            player.name = row.Name;
            players.Add(row.Id, player);
        }

        player.transform.position = new Vector3(row.X / Scale, 0f, row.Y / Scale);
        if (row.Owner == user && Time.time > nextMove + 1f) place = new Vector2(row.X, row.Y);
    }

    private void Hide(Position row)
    {
        if (players.Remove(row.Id, out var player)) Destroy(player);
    }

    /// <summary>The player's secret: whoever shows it again is the same player.</summary>
    private static string Token()
    {
        var token = PlayerPrefs.GetString("hetu.token");
        if (token.Length > 0) return token;
        token = Guid.NewGuid().ToString("N");
        PlayerPrefs.SetString("hetu.token", token);
        return token;
    }

    /// <summary>A call that nobody waits for: what goes wrong is shown.</summary>
    private static async void Watch(Task call)
    {
        try
        {
            await call;
        }
        catch (HetuException problem)
        {
            Debug.LogWarning(problem.Message);
        }
    }
}
