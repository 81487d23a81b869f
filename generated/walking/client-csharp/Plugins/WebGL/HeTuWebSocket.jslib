// The WebSockets of the browser for WebGL builds. Called from Runtime/Transport/BrowserSockets.cs, which it calls back.
var HeTuWebSocketLibrary = {
  $heTuSockets: {
    byId: {},
    last: 0,
    callbacks: null,

    // Hands a text over for the time of a call.
    withText: function (text, use) {
      var size = lengthBytesUTF8(text) + 1;
      var pointer = _malloc(size);
      stringToUTF8(text, pointer, size);
      try {
        use(pointer);
      } finally {
        _free(pointer);
      }
    },
  },

  HeTuSocketCallbacks: function (opened, message, text, closed, online) {
    heTuSockets.callbacks = { opened: opened, message: message, text: text, closed: closed };
    window.addEventListener("online", function () {
      {{{ makeDynCall('v', 'online') }}}();
    });
  },

  HeTuSocketOpen: function (urlPointer, subprotocolPointer) {
    var url = UTF8ToString(urlPointer);
    var subprotocol = UTF8ToString(subprotocolPointer);
    var socket;
    try {
      socket = subprotocol === "" ? new WebSocket(url) : new WebSocket(url, [subprotocol]);
    } catch (error) {
      console.warn("hetu: " + error);
      return 0;
    }
    var id = ++heTuSockets.last;
    heTuSockets.byId[id] = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = function () {
      heTuSockets.withText(socket.protocol, function (pointer) {
        var opened = heTuSockets.callbacks.opened;
        {{{ makeDynCall('vii', 'opened') }}}(id, pointer);
      });
    };
    socket.onmessage = function (event) {
      if (!(event.data instanceof ArrayBuffer)) {
        var text = heTuSockets.callbacks.text;
        {{{ makeDynCall('vi', 'text') }}}(id);
        return;
      }
      var bytes = new Uint8Array(event.data);
      var pointer = _malloc(bytes.length + 1);
      HEAPU8.set(bytes, pointer);
      try {
        var message = heTuSockets.callbacks.message;
        {{{ makeDynCall('viii', 'message') }}}(id, pointer, bytes.length);
      } finally {
        _free(pointer);
      }
    };
    socket.onclose = function (event) {
      delete heTuSockets.byId[id];
      heTuSockets.withText(event.reason, function (pointer) {
        var closed = heTuSockets.callbacks.closed;
        {{{ makeDynCall('viii', 'closed') }}}(id, event.code, pointer);
      });
    };
    return id;
  },

  HeTuSocketSend: function (id, pointer, length) {
    var socket = heTuSockets.byId[id];
    // What cannot be sent any more is answered by the close that follows.
    if (socket !== undefined && socket.readyState === 1) socket.send(HEAPU8.slice(pointer, pointer + length));
  },

  HeTuSocketClose: function (id) {
    var socket = heTuSockets.byId[id];
    if (socket !== undefined) socket.close(1000);
  },

  // A browser cannot cut a connection. Without a code it is no goodbye: the server keeps the session for a while.
  HeTuSocketAbort: function (id) {
    var socket = heTuSockets.byId[id];
    if (socket !== undefined) socket.close();
  },
};

autoAddDeps(HeTuWebSocketLibrary, "$heTuSockets");
mergeInto(LibraryManager.library, HeTuWebSocketLibrary);
